import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import { queueFile } from '../../tests/support/generations/test-generation.ts'
import { type LibraryFilters, librarySorts } from '../contract/library/filters.ts'
import { database } from '../db/client.ts'
import { type LibraryItemRow, libraryItem } from '../db/library-schema.ts'
import { makeCollection } from './collections.ts'
import { changeItems } from './change.ts'
import { findItems, weigh } from './items.ts'

withTestDatabase()

const owner = 'anna'
const items = 48
const begin = Date.parse('2026-11-28T00:00:00Z')
const prompts = ['Two red foxes run', 'рыжая лиса бежит', 'a hat', 'A fox, лиса and a hat']
let all: LibraryItemRow[]
const said = new Map<string, string>()
const held = new Set<string>()
let collection: string

const one = <Value>(of: readonly Value[], index: number) => of[index % of.length]!

/** Items of which several are alike in each thing that is sorted by, among those of another owner. */
beforeAll(async () => {
  for (let index = 0; index < items; index++) {
    const ownerId = index % 6 === 5 ? 'boris' : owner
    const prompt = one(prompts, index)
    const { id } = await queueFile({ now: () => new Date() }, { ownerId, prompt })
    said.set(id, prompt.toLowerCase())
    await database().execute(sql`
      update library_item set created_at = ${new Date(begin + Math.floor(index / 3) * 1000)},
        media = ${one(['video', 'image'], index)}, source = ${one(['video', 'image', 'edit', 'upload'], index)},
        status = ${one(['completed', 'failed', 'open'], index)}, door = ${one(['form', 'chat', null], index)},
        model = ${one(['veo', 'kling', null], index)}, aspect_ratio = ${one(['16:9', '1:1'], index)},
        duration_seconds = ${one([4, null, 8.5, 4], index)}, size_bytes = ${one([0, 100, 100, 7], index)}
      where id = ${id}`)
  }
  const ids = [...said.keys()]
  const every = (step: number) => ids.filter((_, index) => index % step === 0)
  await changeItems(owner, { ids: every(4), star: true })
  await changeItems(owner, { ids: every(7), trash: true })
  const made = await makeCollection(owner, { name: 'A', ids: every(3) })
  for (const id of every(3)) held.add(id)
  collection = made.id
  all = (await database().select().from(libraryItem)).filter((row) => row.ownerId === owner)
})

const middle = new Date(begin + 8_000).toISOString()
const filters: [LibraryFilters, (row: LibraryItemRow) => boolean][] = [
  [{}, () => true],
  [{ media: ['image'] }, ({ media }) => media === 'image'],
  [{ source: ['edit', 'upload'] }, ({ source }) => ['edit', 'upload'].includes(source)],
  [{ model: ['veo'] }, ({ model }) => model === 'veo'],
  [{ format: ['1:1'] }, ({ aspectRatio }) => aspectRatio === '1:1'],
  [{ status: ['failed', 'open'] }, ({ status }) => status !== 'completed'],
  [{ door: ['chat'] }, ({ door }) => door === 'chat'],
  [{ starred: true }, ({ isStarred }) => isStarred],
  [{ from: middle }, ({ createdAt }) => createdAt.toISOString() >= middle],
  [{ to: middle }, ({ createdAt }) => createdAt.toISOString() < middle],
  [
    { model: ['veo'], status: ['completed'] },
    (row) => row.model === 'veo' && row.status === 'completed',
  ],
]
const searches: [string | undefined, (words: string) => boolean][] = [
  [undefined, () => true],
  ['fox', (words) => words.includes('fox')],
  ['лис', (words) => words.includes('лис')],
  ['ha', (words) => words.includes('hat')],
  ['-foxes', (words) => !words.includes('fox')],
]

const orders: Record<(typeof librarySorts)[number], (row: LibraryItemRow) => number | string> = {
  newest: ({ createdAt }) => -createdAt.getTime(),
  oldest: ({ createdAt }) => createdAt.getTime(),
  longest: ({ durationSeconds }) => -(durationSeconds ?? -1),
  largest: ({ sizeBytes }) => -sizeBytes,
  name: ({ name }) => Buffer.from(name).toString('hex'),
}
const isUp = { newest: false, oldest: true, longest: false, largest: false, name: true }

/** As anyone would write it down, without an index and without pages. */
function plain(rows: LibraryItemRow[], sort: (typeof librarySorts)[number]) {
  const key = orders[sort]
  const less = (a: number | string, b: number | string) => (a < b ? -1 : a > b ? 1 : 0)
  const byId = (a: LibraryItemRow, b: LibraryItemRow) => less(a.id, b.id) * (isUp[sort] ? 1 : -1)
  return rows.toSorted((a, b) => less(key(a), key(b)) || byId(a, b)).map(({ id }) => id)
}

async function paged(query: Parameters<typeof findItems>[1]) {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const page = await findItems(owner, { ...query, limit: 7, ...(cursor && { cursor }) })
    ids.push(...page.rows.map(({ id }) => id))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  return ids
}

describe.each(librarySorts)('all pages together, %s', (sort) => {
  it.each(searches)(
    'are what a plain list of each filter is, searched for %s',
    async (q, isSaid) => {
      // What is searched for is asked of some filters: each list costs several queries.
      for (const [filter, fits] of filters.filter((_, index) => !q || index % 3 === 0))
        for (const trash of [false, true]) {
          // The newest of the trash is what was moved there last; all of it came at once.
          if (trash && sort === 'newest') continue
          const wanted = all.filter(
            (row) => fits(row) && isSaid(said.get(row.id)!) && (row.trashedAt !== null) === trash,
          )
          const query = { ...filter, ...(q && { q }), ...(trash && { trash }) }
          expect(await paged({ ...query, sort }), JSON.stringify(query)).toEqual(
            plain(wanted, sort),
          )
          if (sort !== 'newest') continue
          const bytes = wanted.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
          expect(await weigh(owner, query)).toEqual({ count: wanted.length, bytes })
        }
    },
  )
})

it('a collection is listed by every order', async () => {
  const wanted = all.filter(({ id, trashedAt }) => held.has(id) && !trashedAt)
  for (const sort of librarySorts)
    expect(await paged({ collection, sort }), sort).toEqual(plain(wanted, sort))
})
