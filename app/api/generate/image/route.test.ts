import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createLocalProvider } from '#lib/ai/providers/local/local-provider'
import { productionStorage } from '#lib/assets/storage/production-storage'
import type { ModelsAnswer } from '#lib/contract/model-view'
import { database } from '#lib/db/client'
import { asset } from '#lib/db/asset-schema'
import { lineage } from '#lib/db/library-schema'
import { generation } from '#lib/db/generation-schema'
import { deleteGeneration } from '#lib/generations/commands/delete'
import { serveMedia } from '#lib/http/media/serve-media'
import { aVisitor, useDataFolder } from '#lib/http/test-visitor'
import { newId } from '#lib/ids'
import { startQueue, stopQueue } from '#lib/jobs/queue'
import { withTestDatabase } from '../../../../tests/support/database/test-database.ts'
import {
  driveToEnd,
  forgetEverything,
  testGeneration,
} from '../../../../tests/support/generations/test-generation.ts'
import { POST as estimate } from '../../estimate/route.ts'
import { GET as models } from '../../models/route.ts'
import { POST as generateVideo } from '../video/route.ts'
import { POST } from './route.ts'

useDataFolder()
process.env.KIE_API_KEY = 'a key'
withTestDatabase()

let anna: Awaited<ReturnType<typeof aVisitor>>
beforeAll(async () => {
  await startQueue()
  anna = await aVisitor()
})
afterAll(() => stopQueue(1_000))
beforeEach(async () => {
  await forgetEverything()
  await database().delete(lineage)
})

function post(body: object, headers: Record<string, string> = {}, path = '/api/generate/image') {
  const typed = { 'content-type': 'application/json', ...headers }
  return anna.request(path, { method: 'POST', body: JSON.stringify(body), headers: typed })
}
const still = { prompt: 'a fox', model: 'local-still' }

test('an image is started, rendered, stored and served, and leaves nothing when it is deleted', async () => {
  const asked = { ...still, width: 200, height: 120, imageFormat: 'jpeg', seed: 3, variations: 2 }
  const { fileId, files } = await (await POST(post(asked))).json()
  expect(files).toMatchObject([
    { type: 'image', kind: 'image', settings: { seed: 3, aspectRatio: 'custom', duration: 0 } },
    { type: 'image', kind: 'image', settings: { seed: 4, imageFormat: 'jpeg' } },
  ])
  const directory = `${process.env.DATA_DIR}/renders`
  const provider = createLocalProvider({ directory })
  const deps = { ...testGeneration(provider), storage: productionStorage(), now: () => new Date() }
  const live = { ...deps, databaseClock: deps.now }
  try {
    let state = ''
    while (state !== 'completed' && state !== 'failed')
      state = (await driveToEnd(fileId, live, 3)).row!.state
    expect(state).toBe('completed')
  } finally {
    await provider.close?.()
  }
  const [kept] = await database().select().from(asset)
  expect(kept).toMatchObject({ kind: 'image', width: 200, height: 120, hasPoster: true })
  expect(kept!.drawnBytes).toBeGreaterThan(0)
  const media = async (name: string) => {
    const answer = await serveMedia(anna.request(`/api/media/${fileId}/${name}`), fileId, name)
    return { status: answer.status, type: answer.headers.get('content-type'), answer }
  }
  expect(await media('image.jpg')).toMatchObject({ status: 200, type: 'image/jpeg' })
  expect(await media('poster.jpg')).toMatchObject({ status: 200, type: 'image/jpeg' })
  for (const name of ['image.png', 'image.svg', 'video.mp4', 'source'])
    expect((await media(name)).status).toBe(404)
  const { answer } = await media('image.jpg')
  expect(answer.headers.get('content-disposition')).toBeNull()
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  await deleteGeneration(kept!.ownerId, fileId, live)
  expect((await media('image.jpg')).status).toBe(404)
})

test('a click on an image is no click on a video', async () => {
  const click = { 'idempotency-key': 'click-1' }
  const body = { prompt: 'a fox' }
  const [first, second] = [await POST(post(body, click)), await POST(post(body, click))]
  expect((await second.json()).fileId).toBe((await first.json()).fileId)
  const video = await generateVideo(post(body, click, '/api/generate/video'))
  expect([video.status, (await video.json()).code]).toEqual([422, 'idempotency_key_reused'])
  expect(await database().$count(generation)).toBe(1)
})

test('each kind has its models, and refuses those of the other', async () => {
  const idsOf = async (query: string) => {
    const answer = await models(anna.request(`/api/models${query}`))
    const { models: found } = (await answer.json()) as ModelsAnswer
    return found.map(({ kind, id }) => [kind, id] as const)
  }
  const [images, videos] = [await idsOf('?kind=image'), await idsOf('')]
  expect(new Set(images.map(([kind]) => kind))).toEqual(new Set(['image']))
  expect(new Set(videos.map(([kind]) => kind))).toEqual(new Set(['video']))
  expect(images.map(([, id]) => id)).toContain('local-still')
  expect((await models(anna.request('/api/models?kind=sound'))).status).toBe(400)
  expect((await POST(post({ ...still, model: 'local-preview' }))).status).toBe(400)
  const video = post(still, {}, '/api/generate/video')
  expect((await generateVideo(video)).status).toBe(400)
})

describe('the price', () => {
  test.each([
    [{ resolution: '1K' }, 0.04],
    [{ resolution: '4K' }, 0.09],
    [{ resolution: '2K', variations: 3 }, 0.18],
  ])('of %j is told, quoted and held: %d', async (more, usd) => {
    const body = { prompt: 'a fox', model: 'nano-banana-2', enableFallback: false, ...more }
    const told = await (await estimate(post(body, {}, '/api/estimate?kind=image'))).json()
    expect(told).toMatchObject({ usd, upToUsd: usd, provider: 'kie' })
    const { files } = await (await POST(post(body))).json()
    const each = usd / files.length
    for (const { cost } of files)
      expect(cost).toMatchObject({ estimatedUsd: each, upToUsd: each, heldUsd: each })
  })
})

describe('references', () => {
  async function aPicture(sizeBytes: number) {
    const id = newId('image')
    const { ownerId } = anna
    const times = { createdAt: new Date(), usedAt: new Date() }
    const facts = { contentType: 'image/png', width: 64, height: 64, sha256: id, sizeBytes }
    const row = { id, ownerId, kind: 'image', storageKey: `${id}/source.png`, ...facts, ...times }
    await database()
      .insert(asset)
      .values({ ...row, kind: 'image' })
    return id
  }
  const edit = (references: string[]) =>
    POST(post({ prompt: 'as a drawing', model: 'nano-banana-2', inputs: { references } }))

  test('are kept with the image, and as what it comes from', async () => {
    const [first, second] = [await aPicture(1_000), await aPicture(1_000)]
    const { fileId, files } = await (await edit([second, first])).json()
    expect(files[0].settings.inputs.references).toEqual([second, first])
    expect(await database().select().from(lineage).orderBy(lineage.place)).toEqual([
      { childId: fileId, parentId: second, role: 'reference', place: 0 },
      { childId: fileId, parentId: first, role: 'reference', place: 1 },
    ])
  })

  test('that are too large for a provider, or gone, are refused before anything is held', async () => {
    const faultOf = async (references: string[]) => {
      const answer = await edit(references)
      return [answer.status, (await answer.json()).detail]
    }
    expect(await faultOf([await aPicture(11 * 1024 * 1024)])).toEqual([
      400,
      'This image is larger than 10 MB. Choose a smaller one.',
    ])
    expect((await faultOf([newId('image')]))[0]).toBe(400)
    expect(await database().$count(generation)).toBe(0)
  })
})
