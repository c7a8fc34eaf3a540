import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Canvas } from '@napi-rs/canvas'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { asset } from '#lib/db/asset-schema'
import { database } from '#lib/db/client'
import { uploadViewSchema } from '#lib/contract/library/schemas'
import type { UploadView } from '#lib/contract/library/library'
import { noInputs } from '#lib/contract/generation-inputs'
import { assertInputs } from '#lib/generations/start/request'
import { serveMedia } from '#lib/http/media/serve-media'
import { aVisitor, useDataFolder } from '#lib/http/test-visitor'
import { findItems, weigh } from '#lib/library/items'
import { startQueue, stopQueue } from '#lib/jobs/queue'
import { forgetProcessWide } from '#lib/process-wide'
import { removeUnusedUploads } from '#lib/assets/unused-uploads'
import { productionStorage } from '#lib/assets/storage/production-storage'
import { film } from '../../../../tests/support/films/film.ts'
import { withTestDatabase } from '../../../../tests/support/database/test-database.ts'
import { tinyMp4 } from '../../../../tests/support/films/tiny-mp4.ts'
import { POST } from './route.ts'

const folder = useDataFolder()
withTestDatabase()
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))

let visitor: Awaited<ReturnType<typeof aVisitor>>
beforeEach(async () => {
  await database().delete(asset)
  visitor = await aVisitor()
})

const mp4 = async () => readFile(await tinyMp4())

async function bring(bytes: Uint8Array | string, name = '') {
  const path = `/api/library/import?name=${encodeURIComponent(name)}`
  const body = typeof bytes === 'string' ? bytes : new Uint8Array(bytes)
  return POST(visitor.request(path, { method: 'POST', body }))
}

const brought = async (...given: Parameters<typeof bring>) => {
  const answer = await bring(...given)
  expect(answer.status).toBe(201)
  return uploadViewSchema.parse(await answer.json()) satisfies UploadView
}

test('a film is kept with its facts, its pictures and its name, and is found, weighed and played', async () => {
  const bytes = await mp4()
  const view = await brought(bytes, '/home/anna/Моя ёлка\u202E.mp4')
  expect(view).toMatchObject({
    id: expect.stringMatching(/^video_[0-9a-z]{24}$/),
    type: 'video',
    name: 'Моя ёлка.mp4',
    contentType: 'video/mp4',
    width: 64,
    height: 64,
    durationSeconds: 1,
    filmstripFrames: 8,
    isKept: true,
  })
  const { ownerId } = visitor
  const found = async (q: string) => (await findItems(ownerId, { q })).rows.map(({ id }) => id)
  expect(await found('елка')).toEqual([view.id])
  expect(await found('лисы')).toEqual([])
  const media = join(folder, 'media', view.id)
  expect((await readdir(media)).toSorted()).toEqual(['filmstrip.jpg', 'poster.jpg', 'video.mp4'])
  expect((await weigh(ownerId, {})).bytes).toBeGreaterThan(view.sizeBytes)
  for (const [name, type] of [
    ['video.mp4', 'video/mp4'],
    ['source', 'video/mp4'],
    ['poster.jpg', 'image/jpeg'],
    ['filmstrip.jpg', 'image/jpeg'],
  ]) {
    const answer = await serveMedia(
      visitor.request(`/api/media/${view.id}/${name}`),
      view.id,
      name!,
    )
    expect([name, answer.status, answer.headers.get('content-type')]).toEqual([name, 200, type])
    await answer.body?.cancel()
  }
  expect(await readdir(join(folder, 'work')).catch(() => [])).toEqual([])
})

test('it is a source of generations, and stays though nothing uses it', async () => {
  const [{ id }, image] = [
    await brought(await mp4()),
    await brought(new Canvas(20, 20).encodeSync('png'), 'a.png'),
  ]
  await assertInputs(visitor.ownerId, { ...noInputs, sourceVideo: id, firstFrame: image.id })
  const later = { storage: productionStorage(), now: () => new Date(Date.now() + 1e10) }
  expect(await removeUnusedUploads(later)).toBe(0)
})

test('the same bytes twice are one item, and an uploaded picture that is imported stays', async () => {
  const [first, again] = [await brought(await mp4(), 'a.mp4'), await brought(await mp4(), 'b.mp4')]
  expect(again).toMatchObject({ id: first.id, name: 'b.mp4' })
  expect(await readdir(join(folder, 'media'))).toContain(first.id)
  expect((await findItems(visitor.ownerId, {})).rows).toHaveLength(1)
})

test('films of other containers are kept as what they are', async () => {
  expect(await brought(await film({ container: 'webm', codec: 'vp9' }))).toMatchObject({
    contentType: 'video/webm',
    name: null,
  })
})

test.each<[string, () => Promise<Uint8Array | string> | Uint8Array | string, RegExp]>([
  ['nothing', () => '', /Choose an MP4/],
  ['a page', () => '<!doctype html><title>502</title>', /Choose an MP4/],
  ['a film of a kind that is not read', () => 'RIFF....AVI LIST....', /AVI/],
  ['the half of a film', async () => (await mp4()).subarray(0, 900), /damaged/],
  ['the head of a picture', () => new Canvas(20, 20).encodeSync('png').subarray(0, 30), /damaged/],
])('%s is refused, and leaves nothing behind', async (_name, make, words) => {
  const answer = await bring(await make())
  expect(answer.status).toBe(400)
  expect(((await answer.json()) as { detail: string }).detail).toMatch(words)
  expect(await database().select().from(asset)).toEqual([])
  expect(await readdir(join(folder, 'work')).catch(() => [])).toEqual([])
})

test('an owner may keep only so many', async () => {
  Object.assign(process.env, { IMPORTS: '1' })
  forgetProcessWide('env')
  try {
    await brought(new Canvas(21, 20).encodeSync('png'))
    const answer = await bring(await mp4())
    expect(answer.status).toBe(429)
    expect(await answer.json()).toMatchObject({ code: 'upload_quota_reached' })
  } finally {
    delete process.env.IMPORTS
    forgetProcessWide('env')
  }
})
