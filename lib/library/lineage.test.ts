import { beforeEach, expect, test } from 'vitest'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import { forgetEverything, queueFile } from '../../tests/support/generations/test-generation.ts'
import { setRow } from '../../tests/support/database/set-row.ts'
import { lineageSchema } from '../contract/library/schemas.ts'
import { type GenerationInputs, noInputs } from '../contract/generation-inputs.ts'
import { insertUpload } from '../assets/assets.ts'
import { database } from '../db/client.ts'
import { lineage } from '../db/library-schema.ts'
import { newId } from '../ids.ts'
import { lineageOf } from './lineage.ts'

withTestDatabase()
beforeEach(async () => {
  await forgetEverything()
  await database().delete(lineage)
})

const owner = 'anna'
const deps = { now: () => new Date() }

async function made(inputs: Partial<GenerationInputs> = {}, ownerId = owner) {
  const settings = { inputs: { ...noInputs, ...inputs } }
  return (await queueFile(deps, { ownerId, settings })).id
}

async function upload(ownerId = owner) {
  const id = newId('image')
  const facts = { contentType: 'image/png', sizeBytes: 1, sha256: id, width: 16, height: 16 }
  const times = { createdAt: new Date(), usedAt: new Date() }
  await insertUpload({
    id,
    ownerId,
    kind: 'image',
    storageKey: `${id}/source.png`,
    ...facts,
    ...times,
  })
  return id
}

const short = async (id: string) => {
  const found = await lineageOf(owner, id)
  return {
    ids: found!.nodes.map((node) => node.id),
    edges: found!.edges.map(({ parentId, childId, role, place }) => [
      parentId,
      childId,
      role,
      place,
    ]),
    isCut: found!.isCut,
  }
}

test('an item knows what it was made from and what it led to, in the part each played', async () => {
  const [first, a, b] = [await upload(), await upload(), await upload()]
  const film = await made({ firstFrame: first, references: [a, b] })
  const again = await made({ sourceVideo: film })
  const cut = await made({ sources: [again, film, again] })
  const { ids, edges, isCut } = await short(film)
  expect(ids[0]).toBe(film)
  expect(ids.toSorted()).toEqual([first, a, b, film, again, cut].toSorted())
  expect(edges).toEqual(
    expect.arrayContaining([
      [first, film, 'firstFrame', 0],
      [a, film, 'reference', 0],
      [b, film, 'reference', 1],
      [film, again, 'sourceVideo', 0],
      [film, cut, 'source', 1],
      [again, cut, 'source', 0],
      [again, cut, 'source', 2],
    ]),
  )
  expect(edges).toHaveLength(7)
  expect(isCut).toBe(false)
  expect((await short(first)).ids.toSorted()).toEqual([first, film, again, cut].toSorted())
  const whole = await lineageOf(owner, cut)
  expect(lineageSchema.parse(whole)).toEqual(whole)
  expect((await short(await made())).edges).toEqual([])
})

test('it outlives a parent, and nothing of a stranger’s is told', async () => {
  const first = await made()
  const film = await made({ sourceVideo: first })
  await setRow(first, { deletedAt: new Date(), prompt: 'secret' })
  const found = await lineageOf(owner, film)
  expect(found!.nodes.find(({ id }) => id === first)).toEqual({
    id: first,
    isThere: false,
    type: null,
    source: null,
    status: null,
    title: '',
    url: null,
    posterUrl: null,
    isTrashed: false,
    createdAt: null,
  })
  const foreign = await made({ sourceVideo: film }, 'boris')
  expect((await short(film)).ids).not.toContain(foreign)
  expect(await lineageOf(owner, foreign)).toBeUndefined()
  expect(await lineageOf(owner, newId('file'))).toBeUndefined()
  expect((await lineageOf('boris', foreign))!.nodes.find(({ id }) => id === film)).toMatchObject({
    isThere: false,
    title: '',
  })
})

test('a long chain, a wide family and a diamond are cut at 50 items', async () => {
  const first = await upload()
  let last: string = first
  for (let count = 0; count < 60; count++) last = await made({ sourceVideo: last })
  const chain = await short(first)
  expect([chain.ids.length, chain.isCut]).toEqual([50, true])
  const parent = await upload()
  for (let count = 0; count < 60; count++) await made({ firstFrame: parent, lastFrame: parent })
  const wide = await short(parent)
  expect([wide.ids.length, wide.isCut]).toEqual([50, true])
})
