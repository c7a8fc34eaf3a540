import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Canvas } from '@napi-rs/canvas'
import { eq, inArray, sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import { scriptedProvider } from '../../tests/support/generations/scripted-provider.ts'
import { setRow } from '../../tests/support/database/set-row.ts'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import {
  type TestGeneration,
  driveToEnd,
  forgetEverything,
  queueFile,
  testGeneration,
} from '../../tests/support/generations/test-generation.ts'
import { tinyMp4 } from '../../tests/support/films/tiny-mp4.ts'
import { waitUntil } from '../../tests/support/wait-until.ts'
import { libraryParams } from '../contract/library/filters.ts'
import { libraryPageSchema } from '../contract/library/schemas.ts'
import { storeImage } from '../assets/upload.ts'
import { removeUnusedUploads } from '../assets/unused-uploads.ts'
import { findShared, insertLink } from '../assets/share/links.ts'
import { asset } from '../db/asset-schema.ts'
import { database } from '../db/client.ts'
import { libraryItem, lineage } from '../db/library-schema.ts'
import { generation } from '../db/generation-schema.ts'
import { deleteGeneration } from '../generations/commands/delete.ts'
import { listGenerations } from '../generations/queries.ts'
import { assertInputs } from '../generations/start/request.ts'
import { noInputs } from '../contract/generation-inputs.ts'
import { newId, randomText } from '../ids.ts'
import { changeItems } from './change.ts'
import {
  deleteCollection,
  listCollections,
  makeCollection,
  renameCollection,
} from './collections.ts'
import { deleteExpired, emptyTrash } from './deletion.ts'
import { queryOf } from './input.ts'
import { findItems, weigh } from './items.ts'
import { measureDrawn } from './sweep.ts'
import { listLibrary } from './view.ts'

withTestDatabase()

let deps: TestGeneration
let side = 16
const owner = 'anna'

beforeEach(async () => {
  await forgetEverything()
  await database().delete(lineage)
  deps = testGeneration(scriptedProvider({ videoPath: await tinyMp4() }))
})
afterEach(() => deps.dispose())

test('a list of ids finds those of its owner that are not in the trash', async () => {
  const [first, second, trashed, foreign] = [
    await film(),
    (await picture()).id,
    await film(),
    await film('boris'),
  ]
  await changeItems(owner, { ids: [trashed], trash: true })
  const ids = [first, second, trashed, foreign, newId('file')]
  const { rows } = await findItems(owner, queryOf(`http://x/?${libraryParams({ id: ids })}`))
  expect(rows.map(({ id }) => id).toSorted()).toEqual([first, second].toSorted())
})

const picture = (ownerId = owner) =>
  storeImage(ownerId, new Canvas(++side, 16).encodeSync('png'), deps)

/** A finished video of this owner, whose bytes are in storage. */
async function film(ownerId = owner, differences: Parameters<typeof queueFile>[1] = {}) {
  const { id } = await queueFile(deps, { ownerId, provider: 'scripted', ...differences })
  await driveToEnd(id, deps)
  return id
}

async function ended(differences: Parameters<typeof queueFile>[1] = {}) {
  const row = await queueFile(deps, { ownerId: owner, ...differences })
  await setRow(row.id, { state: 'completed' })
  return row.id
}

const idsOf = async (query: Parameters<typeof findItems>[1] = {}) =>
  (await findItems(owner, { limit: 100, ...query })).rows.map(({ id }) => id)

/** What lies in a folder of storage, as `du --apparent-size` counts files. */
async function bytesIn(folder: string) {
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = names.filter((name) => name.isFile())
  const sizes = files.map((file) => stat(join(file.parentPath, file.name)))
  return (await Promise.all(sizes)).reduce((sum, { size }) => sum + size, 0)
}

describe('what an owner has', () => {
  it('is generations as everywhere and uploads, newest first, a page at a time', async () => {
    const made = [await film(), (await picture()).id]
    deps.pass(1_000)
    made.push((await picture()).id, await film())
    await picture('boris')
    const page = await listLibrary(owner, { limit: 2 })
    const last = await listLibrary(owner, { limit: 2, cursor: page.nextCursor! })
    expect(libraryPageSchema.parse(JSON.parse(JSON.stringify(page)))).toBeDefined()
    expect([...page.items, ...last.items].map(({ id }) => id).toSorted()).toEqual(made.toSorted())
    expect(last.nextCursor).toBeNull()
    const first = page.items.find(({ file }) => file)
    expect(first!.file).toMatchObject({ id: first!.id, status: 'completed' })
    const upload = [...page.items, ...last.items].find((item) => item.upload)!
    expect(upload).toMatchObject({ source: 'upload', type: 'image', file: null })
    expect(upload.upload).toMatchObject({ id: upload.id, isKept: false, width: expect.any(Number) })
  })

  it('weighs what lies in storage, with posters and filmstrips, per filter', async () => {
    const films = [await film(), await film()]
    const image = await picture()
    const media = join(deps.folder, 'media')
    const { count, bytes } = await weigh(owner, {})
    expect({ count, bytes }).toEqual({ count: 3, bytes: await bytesIn(media) })
    const ofFilms = await Promise.all(films.map((id) => bytesIn(join(media, id))))
    expect((await weigh(owner, { media: ['video'] })).bytes).toBe(ofFilms[0]! + ofFilms[1]!)
    expect((await weigh(owner, { source: ['upload'] })).bytes).toBe(image.sizeBytes)
    // As an older version kept them, until they are measured.
    await database().update(asset).set({ drawnBytes: null })
    expect((await weigh(owner, {})).bytes).toBeLessThan(bytes)
    expect(await measureDrawn(deps.storage)).toBe(3)
    expect((await weigh(owner, {})).bytes).toBe(bytes)
    expect(await measureDrawn(deps.storage)).toBe(0)
    // Deleted, it weighs nothing.
    await deleteGeneration(owner, films[0]!, deps)
    expect((await weigh(owner, {})).bytes).toBe(await bytesIn(media))
  })

  it('follows its state, its owner and its end', async () => {
    const { id } = await queueFile(deps, { ownerId: owner })
    const statusOf = async () => (await findItems(owner, {})).rows.map(({ status }) => status)
    expect(await statusOf()).toEqual(['open'])
    for (const [state, status] of [
      ['submitting', 'open'],
      ['submit_unknown', 'open'],
      ['failed', 'failed'],
      ['canceled', 'canceled'],
    ] as const) {
      await setRow(id, { state })
      expect(await statusOf()).toEqual([status])
    }
    await database().update(generation).set({ ownerId: 'boris' }).where(eq(generation.id, id))
    expect(await statusOf()).toEqual([])
    await database().update(generation).set({ ownerId: owner }).where(eq(generation.id, id))
    await setRow(id, { deletedAt: deps.now() })
    expect(await statusOf()).toEqual([])
  })

  it('is found by each filter, and by several at once', async () => {
    const fox = await ended({ prompt: 'a fox', model: 'veo', originDoor: 'chat' })
    deps.pass(60_000)
    const hat = await ended({ prompt: 'a hat', settings: { aspectRatio: '1:1', duration: 8 } })
    const running = (await queueFile(deps, { ownerId: owner, prompt: 'a fox runs' })).id
    const image = (await picture()).id
    await changeItems(owner, { ids: [fox, image], star: true })
    const since = deps.now().toISOString()
    expect(await idsOf({ q: 'fox' })).toEqual([running, fox])
    expect(await idsOf({ media: ['image'] })).toEqual([image])
    expect(await idsOf({ source: ['video'], status: ['completed'] })).toEqual([hat, fox])
    expect(await idsOf({ model: ['veo', 'other'] })).toEqual([fox])
    expect(await idsOf({ format: ['1:1'] })).toEqual([hat])
    expect(await idsOf({ status: ['open'] })).toEqual([running])
    expect(await idsOf({ starred: true, media: ['video'] })).toEqual([fox])
    expect(await idsOf({ door: ['chat'] })).toEqual([fox])
    expect(await idsOf({ to: since })).toEqual([fox])
    expect((await idsOf({ from: since })).toSorted()).toEqual([hat, image, running].toSorted())
    expect(await weigh(owner, { starred: true, source: ['video'] })).toEqual({ count: 1, bytes: 0 })
  })

  it('is sorted as asked, without a gap between pages', async () => {
    const lengths = [2, 8, 4, 4, 6]
    for (const [index, duration] of lengths.entries()) {
      await ended({ prompt: `${'eabdc'[index]} fox`, settings: { duration } })
      await picture()
      deps.pass(1_000)
    }
    for (const sort of ['newest', 'oldest', 'longest', 'largest', 'name'] as const) {
      const whole = await idsOf({ sort })
      const paged: string[] = []
      let cursor: string | undefined
      do {
        const page = await findItems(owner, { sort, limit: 3, ...(cursor && { cursor }) })
        paged.push(...page.rows.map(({ id }) => id))
        cursor = page.nextCursor ?? undefined
      } while (cursor)
      expect(paged, sort).toEqual(whole)
      expect(whole).toHaveLength(10)
    }
    const of = async (sort: 'longest' | 'name') =>
      (await findItems(owner, { sort, source: ['video'] })).rows
    expect((await of('longest')).map((row) => row.durationSeconds)).toEqual([8, 6, 4, 4, 2])
    expect((await of('name')).map(({ name }) => name[0])).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(await idsOf({ sort: 'oldest' })).toEqual((await idsOf()).toReversed())
  })

  it.each(['', 'x', 'WyJuZXdlc3QiLCJ4IiwieSJd', 'bnVsbA', '%00', 'W10'])(
    'begins at the top for an unreadable cursor (%j)',
    async (cursor) => {
      const id = await ended()
      for (const sort of ['newest', 'longest', 'name'] as const)
        expect(await idsOf({ cursor, sort })).toEqual([id])
    },
  )
})

test('a query is read as it is written, and refused where it has no such value', () => {
  const query = {
    q: 'a, b',
    media: ['video' as const],
    model: ['a', 'b'],
    starred: true,
    from: '2026-11-28T00:00:00+03:00',
    sort: 'largest' as const,
    limit: 5,
  }
  expect(queryOf(`http://x/api/library?${libraryParams(query)}`)).toEqual(query)
  expect(libraryParams({ starred: false, q: '', media: [] }).toString()).toBe('')
  for (const bad of ['media=film', 'starred=yes', 'sort=best', 'limit=0', 'limit=101', 'from=now'])
    expect(() => queryOf(`http://x/?${bad}`)).toThrow(
      expect.objectContaining({
        code: 'invalid_input',
        fields: [expect.objectContaining({ field: bad.split('=')[0] })],
      }),
    )
})

/** How many statements of this database wait for another's lock. */
async function waitingForLocks() {
  const { rows } = await database().execute<{ count: string }>(sql`
    select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)
  return Number(rows[0]!.count)
}

describe('the trash', () => {
  it('is in no history, no share, no input; what is in it comes back as it was', async () => {
    const [id, image] = [await film(), await picture()]
    const token = randomText(32)
    const [row] = await database().select().from(asset).where(eq(asset.generationId, id))
    const made = { ownerId: owner, createdBy: owner, createdAt: deps.now(), assetId: row!.id }
    await insertLink({ ...made, token, generationId: id })
    await changeItems(owner, { ids: [id], star: true })
    const history = async () =>
      (await listGenerations({ ownerId: owner, status: undefined, cursor: undefined, limit: 9 }))
        .rows.length
    const asInput = () => assertInputs(owner, { ...noInputs, firstFrame: image.id }, deps.now())
    const before = await listLibrary(owner, {})
    expect(await changeItems(owner, { ids: [id, image.id], trash: true })).toEqual({
      changed: [id, image.id],
      busy: [],
      missing: [],
    })
    expect(await idsOf()).toEqual([])
    expect(await weigh(owner, {})).toEqual({ count: 0, bytes: 0 })
    expect(await history()).toBe(0)
    expect(await findShared(token)).toBeUndefined()
    await expect(asInput()).rejects.toMatchObject({ code: 'invalid_input' })
    const { items } = await listLibrary(owner, { trash: true })
    expect(items.map((item) => item.id).toSorted()).toEqual([id, image.id].toSorted())
    const days = (Date.parse(items[0]!.deletedFrom!) - Date.parse(items[0]!.trashedAt!)) / 864e5
    expect(days).toBe(30)
    await changeItems(owner, { ids: [id, image.id], trash: false })
    expect(await history()).toBe(1)
    expect(await findShared(token)).toBeDefined()
    await asInput()
    expect(await listLibrary(owner, {})).toEqual(before)
  })

  it('takes nothing that is being made, and keeps what that is made from', async () => {
    const image = await picture()
    const inputs = { ...noInputs, firstFrame: image.id }
    const { id } = await queueFile(deps, { ownerId: owner, settings: { inputs } })
    expect(await changeItems(owner, { ids: [id, image.id], trash: true })).toEqual({
      changed: [image.id],
      busy: [id],
      missing: [],
    })
    expect(await emptyTrash(owner, { all: true }, deps)).toEqual({
      changed: [],
      busy: [image.id],
      missing: [],
      left: 1,
    })
    await setRow(id, { state: 'failed' })
    expect(await emptyTrash(owner, { ids: [image.id] }, deps)).toMatchObject({ left: 0 })
    expect(await deps.storage.get(`${image.id}/source.png`)).toBeUndefined()
  })

  it('is emptied for good: bytes, rows and items', async () => {
    const [kept, gone, image] = [await film(), await film(), await picture()]
    await changeItems(owner, { ids: [gone, image.id], trash: true })
    expect(await emptyTrash(owner, { ids: [kept, gone] }, deps)).toEqual({
      changed: [gone],
      busy: [],
      missing: [kept],
      left: 1,
    })
    expect(await emptyTrash(owner, { all: true }, deps)).toMatchObject({ changed: [image.id] })
    expect(await idsOf()).toEqual([kept])
    expect(await readdir(join(deps.folder, 'media'))).toEqual([kept])
  })

  it('attack: what is restored while it is emptied is kept, and told as not in the trash', async () => {
    const [made, image] = [await film(), await picture()]
    const ids = [made, image.id]
    await changeItems(owner, { ids, trash: true })
    const emptying = await database().transaction(async (tx) => {
      await tx.update(libraryItem).set({ trashedAt: null }).where(inArray(libraryItem.id, ids))
      const emptied = emptyTrash(owner, { ids }, deps)
      // It has seen both in the trash, and waits for the rows.
      await waitUntil(async () => (await waitingForLocks()) >= 2)
      return { emptied }
    })
    expect(await emptying.emptied).toEqual({ changed: [], busy: [], missing: ids, left: 0 })
    expect((await idsOf()).toSorted()).toEqual(ids.toSorted())
    for (const key of [`${made}/video.mp4`, `${image.id}/source.png`])
      expect(await deps.storage.get(key)).toBeDefined()
  })

  it('is emptied by itself after 30 days, and keeps unused uploads for so long', async () => {
    const [old, young] = [await film(), await picture()]
    await changeItems(owner, { ids: [old, young.id], trash: true })
    const day = 24 * 60 * 60 * 1000
    const at = (days: number) => new Date(Date.now() - days * day)
    const trashed = (id: string, days: number) =>
      database()
        .update(libraryItem)
        .set({ trashedAt: at(days) })
        .where(eq(libraryItem.id, id))
    await trashed(old, 30.01)
    await trashed(young.id, 29.99)
    deps.pass(8 * day)
    expect(await removeUnusedUploads(deps)).toBe(0)
    expect(await deleteExpired(new Date(), deps)).toBe(1)
    expect(await idsOf({ trash: true })).toEqual([young.id])
    expect(await deleteExpired(new Date(), deps)).toBe(0)
  })
})

describe('collections', () => {
  it('hold items, one in several, and outlive none of them', async () => {
    const [a, b] = [await ended(), await ended()]
    const first = await makeCollection(owner, { name: 'Яблоко', ids: [a, b, newId('file')] })
    const second = await makeCollection(owner, { name: 'apple' })
    expect(first).toMatchObject({ name: 'Яблоко', count: 2 })
    await changeItems(owner, { ids: [a], addTo: second.id })
    await changeItems(owner, { ids: [a, b], addTo: second.id })
    expect((await idsOf({ collection: first.id })).toSorted()).toEqual([a, b].toSorted())
    const { items } = await listLibrary(owner, { collection: second.id })
    expect(items[0]!.collections.toSorted()).toEqual([first.id, second.id].toSorted())
    await changeItems(owner, { ids: [a], removeFrom: first.id })
    await changeItems(owner, { ids: [b], trash: true })
    expect((await listCollections(owner)).map(({ name, count }) => [name, count])).toEqual([
      ['apple', 1],
      ['Яблоко', 0],
    ])
    await changeItems(owner, { ids: [b], trash: false })
    expect(await idsOf({ collection: first.id })).toEqual([b])
    expect(await renameCollection(owner, first.id, 'Pear')).toMatchObject({
      name: 'Pear',
      count: 1,
    })
    await deleteCollection(owner, first.id)
    expect((await idsOf()).toSorted()).toEqual([a, b].toSorted())
    expect(await idsOf({ collection: first.id })).toEqual([])
  })

  it('keep an unused upload from being removed, as a star does', async () => {
    const [held, starred, loose] = [await picture(), await picture(), await picture()]
    await makeCollection(owner, { name: 'A', ids: [held.id] })
    await changeItems(owner, { ids: [starred.id], star: true })
    deps.pass(8 * 24 * 60 * 60 * 1000)
    expect(await removeUnusedUploads(deps)).toBe(1)
    expect(await idsOf()).not.toContain(loose.id)
  })
})

test('a stranger’s items and collections are as those that never were', async () => {
  const [theirs, never] = [await film('boris'), newId('file')]
  const collection = await makeCollection('boris', { name: 'B', ids: [theirs] })
  for (const change of [{ star: true }, { trash: true }, { trash: false }])
    expect(await changeItems(owner, { ids: [theirs, never], ...change })).toEqual({
      changed: [],
      busy: [],
      missing: [theirs, never],
    })
  const mine = await ended()
  for (const id of [collection.id, newId('collection')]) {
    for (const change of [{ addTo: id }, { removeFrom: id }])
      await expect(changeItems(owner, { ids: [mine], ...change })).rejects.toMatchObject({
        code: 'not_found',
      })
    await expect(renameCollection(owner, id, 'x')).rejects.toMatchObject({ code: 'not_found' })
    await expect(deleteCollection(owner, id)).rejects.toMatchObject({ code: 'not_found' })
    expect(await idsOf({ collection: id })).toEqual([])
  }
  expect((await makeCollection(owner, { name: 'C', ids: [theirs, never] })).count).toBe(0)
  expect(await emptyTrash(owner, { ids: [theirs, never] }, deps)).toMatchObject({
    missing: [theirs, never],
  })
  expect((await findItems('boris', {})).rows).toMatchObject([{ id: theirs, isStarred: false }])
})
