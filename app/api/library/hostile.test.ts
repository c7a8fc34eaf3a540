import { beforeAll, expect, test } from 'vitest'
import { librarySorts } from '#lib/contract/library/filters'
import { libraryFiltersSchema } from '#lib/contract/library/schemas'
import { useDataFolder } from '#lib/http/test-visitor'
import { newId } from '#lib/ids'
import { answerOf } from '../../../tests/support/ask-route.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { queueFile } from '../../../tests/support/generations/test-generation.ts'
import { aPerson } from '../../../tests/support/people/a-person.ts'

useDataFolder()
withTestDatabase()

const words = ['a\0b', '\uD800', '\'"\\;--%_']
const moments = [
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59-23:59',
  '2026-01-01T00:00:00+16:00',
  '2026-02-29T00:00:00Z',
]
const keys = ['9'.repeat(15), '-1', '1e400', '999999999.99999999999999999999', 'a\uD800', '\0']

let anna: Awaited<ReturnType<typeof aPerson>>
let id: string
beforeAll(async () => {
  anna = await aPerson()
  const made = { ownerId: anna.caller.ownerId, prompt: 'a fox' }
  ;({ id } = await queueFile({ now: () => new Date() }, made))
})

/** Neither found by mistake nor broken: each is an answer, or a refusal. */
async function expectRefused(route: string, asked: object) {
  const { status } = await answerOf(route, { params: {}, ...asked }, anna.ask)
  expect([route, asked, [200, 201, 202, 400, 404].includes(status) || status]).toEqual([
    route,
    asked,
    true,
  ])
}

test('attack: no words, moments or cursors of a query break the library', async () => {
  const cursors = librarySorts.flatMap((sort) =>
    keys.map((key) => ({ sort, cursor: cursorOf([sort, key, newId('file')]) })),
  )
  const queries: Record<string, string>[] = [
    ...Object.keys(libraryFiltersSchema.shape).flatMap((name) =>
      (name === 'from' || name === 'to' ? moments : words).map((value) => ({ [name]: value })),
    ),
    ...cursors,
    { cursor: cursorOf({}) },
    { cursor: cursorOf([['newest'], { a: 1 }, newId('file')]), trash: '1', q: 'fox -"b' },
  ]
  for (const query of queries)
    await expectRefused('GET /api/library', { query: `?${String(new URLSearchParams(query))}` })
})

function cursorOf(content: unknown) {
  return Buffer.from(JSON.stringify(content)).toString('base64url')
}

test('attack: no words of a body break the library, its collections or a batch', async () => {
  for (const word of words) {
    await expectRefused('PATCH /api/library', { body: { ids: [word], star: true } })
    await expectRefused('PATCH /api/library', { body: { ids: [id], addTo: word } })
    await expectRefused('DELETE /api/library', { body: { ids: [word] } })
    await expectRefused('POST /api/library/zip', { body: { ids: [word] } })
    const filter = { id: [word], model: [word], collection: word, q: word }
    await expectRefused('POST /api/library/zip', { body: { filter } })
    await expectRefused('POST /api/collections', { body: { name: word, ids: [word] } })
    await expectRefused('POST /api/batch', {
      body: { name: word, rows: [{ prompt: 'x', seed: word }] },
    })
    const inputs = { firstFrame: word }
    const row = { prompt: word, model: word, [word]: word, inputs }
    await expectRefused('POST /api/batch/estimate', { body: { rows: [row] } })
  }
  for (const moment of moments)
    await expectRefused('POST /api/library/zip', { body: { filter: { from: moment, to: moment } } })
  const rows = Array.from({ length: 201 }, () => ({ prompt: 'x' }))
  for (const body of [
    { rows },
    { rows: [] },
    { rows: [[]] },
    { rows: [{ prompt: 'x', variations: 201 }] },
  ])
    await expectRefused('POST /api/batch', { body })
})
