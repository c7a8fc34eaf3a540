import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Canvas, loadImage } from '@napi-rs/canvas'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { DELETE as restore, PUT as choose } from '../../app/api/file/[fileId]/poster/route.ts'
import { GET as shared } from '../../app/api/share/[token]/[name]/route.ts'
import { setFinished, setRow } from '../../tests/support/database/set-row.ts'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import { film } from '../../tests/support/films/film.ts'
import { queueFile } from '../../tests/support/generations/test-generation.ts'
import { aPerson } from '../../tests/support/people/a-person.ts'
import type { LibraryItem } from '../contract/library/library.ts'
import { findShared, insertLink } from '../assets/share/links.ts'
import { productionStorage } from '../assets/storage/production-storage.ts'
import { asset } from '../db/asset-schema.ts'
import { database } from '../db/client.ts'
import { deleteGeneration } from '../generations/commands/delete.ts'
import { serveMedia } from '../http/media/serve-media.ts'
import { viewOf as sharedViewOf } from '../http/share/shared.ts'
import { useDataFolder } from '../http/test-visitor.ts'
import { newId, randomText } from '../ids.ts'
import { startQueue, stopQueue } from '../jobs/queue.ts'
import { changeItems } from './change.ts'
import { emptyTrash } from './deletion.ts'
import { lineageOf } from './lineage.ts'
import { listLibrary } from './view.ts'

const folder = useDataFolder()
withTestDatabase()
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))

let anna: Awaited<ReturnType<typeof aPerson>>
beforeEach(async () => void (anna = await aPerson()))

const usual = 'the usual poster'
const facts = { hasPoster: true, drawnBytes: usual.length, durationSeconds: 1 }

/** Ten frames a second, each with its number, for a second. */
async function bring(id: string) {
  const paths = { film: join(folder, `${id}.mp4`), poster: join(folder, `${id}.jpg`) }
  await writeFile(paths.film, await film({ isNumbered: true }))
  await writeFile(paths.poster, usual)
  await productionStorage().put(`${id}/video.mp4`, paths.film)
  await productionStorage().put(`${id}/poster.jpg`, paths.poster)
}

async function made(ownerId = anna.caller.ownerId) {
  const { id } = await queueFile({ now: () => new Date() }, { ownerId, prompt: 'a fox' })
  await bring(id)
  await setFinished(id)
  await database().update(asset).set(facts).where(eq(asset.generationId, id))
  return id
}

async function imported(ownerId = anna.caller.ownerId) {
  const [id, now] = [newId('video'), new Date()]
  await bring(id)
  const storageKey = `${id}/video.mp4`
  const media = { kind: 'video', contentType: 'video/mp4', width: 160, height: 96 } as const
  const kept = { sizeBytes: 1, sha256: id, isKept: true, createdAt: now, usedAt: now }
  await database()
    .insert(asset)
    .values({ id, ownerId, storageKey, ...media, ...kept, ...facts })
  return id
}

const of = <Params extends object>(params: Params) => ({ params: Promise.resolve(params) })

function put(id: string, body: unknown, { ask } = anna) {
  const headers = { 'content-type': 'application/json' }
  const init = { method: 'PUT', headers, body: JSON.stringify(body) }
  return choose(ask(`/api/file/${id}/poster`, init), of({ fileId: id }))
}

function back(id: string, { ask } = anna) {
  return restore(ask(`/api/file/${id}/poster`, { method: 'DELETE' }), of({ fileId: id }))
}

async function shown(answer: Promise<Response>) {
  const { file, upload } = (await (await answer).json()) as LibraryItem
  const { posterUrl, posterSeconds } = (file ?? upload)!
  return { posterUrl: posterUrl!, posterSeconds }
}

async function load(url: string, headers: HeadersInit = {}) {
  const [id, name] = url.split('/').slice(-2) as [string, string]
  const answer = await serveMedia(anna.ask(url, { headers }), id, name)
  const { status } = answer
  const [kept, etag] = ['cache-control', 'etag'].map((one) => answer.headers.get(one))
  return { status, kept, etag: etag!, bytes: Buffer.from(await answer.arrayBuffer()) }
}

/** The number of the frame that a picture shows. */
async function numberIn(bytes: Buffer) {
  const image = await loadImage(bytes)
  const context = new Canvas(image.width, image.height).getContext('2d')
  context.drawImage(image, 0, 0)
  const row = context.getImageData(0, image.height / 2, image.width, 1).data
  const bits = Array.from({ length: 8 }, (_, bit) => row[Math.floor(((bit + 0.5) / 8) * 160) * 4]!)
  return bits.reduce((sum, light) => sum * 2 + (light > 128 ? 1 : 0), 0)
}

const filesOf = async (id: string) => (await readdir(join(folder, 'media', id))).toSorted()

describe.each([
  ['a video made here', made],
  ['an imported one', imported],
])('%s', (_which, make) => {
  test('gets the very frame as its poster, at an address of its own, and keeps its bytes', async () => {
    const id = await make()
    const answer = await put(id, { atSeconds: 0.7 })
    expect(answer.status).toBe(200)
    const first = await shown(Promise.resolve(answer))
    expect(first.posterSeconds).toBe(0.7)
    const poster = await load(first.posterUrl)
    expect(poster).toMatchObject({ status: 200, kept: 'private, max-age=31536000, immutable' })
    expect(await numberIn(poster.bytes)).toBe(7)

    const second = await shown(put(id, { atSeconds: 0.29 }))
    expect(second.posterUrl).not.toBe(first.posterUrl)
    expect(await numberIn((await load(second.posterUrl)).bytes)).toBe(2)
    expect((await load(first.posterUrl)).status).toBe(404)
    // The end of a film is its last frame.
    const last = await shown(put(id, { atSeconds: 1 }))
    expect(await numberIn((await load(last.posterUrl)).bytes)).toBe(9)
    expect(await filesOf(id)).toEqual([last.posterUrl.split('/').at(-1), 'poster.jpg', 'video.mp4'])
    const video = await readFile(join(folder, 'media', id, 'video.mp4'))
    expect(video.equals(await film({ isNumbered: true }))).toBe(true)
  })

  test('is weighed with it, and without it once it is back at the usual one', async () => {
    const id = await make()
    const weight = async () =>
      (await listLibrary(anna.caller.ownerId, {})).items.find((one) => one.id === id)!.weightBytes
    const before = await weight()
    await put(id, { atSeconds: 0.1 })
    const { posterUrl } = await shown(put(id, { atSeconds: 0.5 }))
    expect(await weight()).toBe(before + (await load(posterUrl)).bytes.length)
    const usualOne = await shown(back(id))
    expect(usualOne).toEqual({ posterUrl: `/api/media/${id}/poster.jpg`, posterSeconds: null })
    expect(await shown(back(id))).toEqual(usualOne)
    expect(String((await load(usualOne.posterUrl)).bytes)).toBe(usual)
    expect(await weight()).toBe(before)
    expect(await filesOf(id)).toEqual(['poster.jpg', 'video.mp4'])
  })

  test('shows the poster of now to those who know its id alone', async () => {
    const id = await make()
    const before = await load(`/api/media/${id}/poster`)
    expect([String(before.bytes), before.kept]).toEqual([usual, 'private, no-cache'])
    await put(id, { atSeconds: 0.4 })
    const known = { 'if-none-match': before.etag }
    const after = await load(`/api/media/${id}/poster`, known)
    expect([after.status, await numberIn(after.bytes)]).toEqual([200, 4])
    const seen = await load(`/api/media/${id}/poster`, { 'if-none-match': after.etag })
    expect(seen.status).toBe(304)
  })

  test('of two at once has the last one, whole, and no file of the other', async () => {
    const id = await make()
    const answers = await Promise.all([put(id, { atSeconds: 0.3 }), put(id, { atSeconds: 0.6 })])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    const last = (await listLibrary(anna.caller.ownerId, {})).items.find((one) => one.id === id)!
    const { posterUrl, posterSeconds } = (last.file ?? last.upload)!
    expect([0.3, 0.6]).toContain(posterSeconds)
    expect(await numberIn((await load(posterUrl!)).bytes)).toBe(posterSeconds! * 10)
    expect(await filesOf(id)).toEqual([posterUrl!.split('/').at(-1), 'poster.jpg', 'video.mp4'])
  })

  test('that is deleted leaves no file', async () => {
    const id = await make()
    await put(id, { atSeconds: 0.3 })
    const { ownerId } = anna.caller
    await changeItems(ownerId, { ids: [id], trash: true })
    expect((await emptyTrash(ownerId, { ids: [id] })).changed).toEqual([id])
    await expect(filesOf(id)).rejects.toThrow('ENOENT')
  })

  test('answers others as if it were not there', async () => {
    const id = await make()
    const boris = await aPerson()
    for (const ask of [
      () => put(id, { atSeconds: 0 }, boris),
      () => back(id, boris),
      () => put(id.replace(/.$/, id.endsWith('a') ? 'b' : 'a'), { atSeconds: 0 }),
    ]) {
      const answer = await ask()
      const { code } = (await answer.json()) as { code: string }
      expect([answer.status, code]).toEqual([404, 'not_found'])
    }
    expect(await filesOf(id)).toHaveLength(2)
  })

  test.each<[string, unknown, string[]]>([
    ['a second behind its end', { atSeconds: 1.2 }, ['atSeconds']],
    ['a second before its beginning', { atSeconds: -0.1 }, ['atSeconds']],
    ['words', { atSeconds: 'last' }, ['atSeconds']],
    ['nothing', {}, ['atSeconds']],
    ['what else there is', { atSeconds: 0, at: 1 }, ['at']],
  ])('takes no poster from %s', async (_what, body, fields) => {
    const answer = await put(await make(), body)
    const { errors } = (await answer.json()) as { errors: { field: string }[] }
    expect([answer.status, errors.map(({ field }) => field)]).toEqual([400, fields])
  })
})

test('the poster goes wherever the video is shown: its page, its link, what came of it', async () => {
  const id = await made()
  const { ownerId, userId } = anna.caller
  const token = randomText(32)
  const [{ id: assetId }] = (await database()
    .select({ id: asset.id })
    .from(asset)
    .where(eq(asset.generationId, id))) as [{ id: string }]
  const link = { token, ownerId, createdBy: userId, generationId: id, assetId }
  await insertLink({ ...link, createdAt: new Date() })
  const { posterUrl } = await shown(put(id, { atSeconds: 0.8 }))
  const name = posterUrl.split('/').at(-1)!
  expect((await lineageOf(ownerId, id))!.nodes[0]).toMatchObject({ posterUrl })
  const view = sharedViewOf((await findShared(token))!)
  expect(view.posterUrl).toBe(`/api/share/${token}/${name}`)
  for (const at of [name, 'poster.jpg']) {
    const answer = await shared(new Request('http://localhost/'), of({ token, name: at }))
    expect(await numberIn(Buffer.from(await answer.arrayBuffer()))).toBe(8)
    expect(answer.headers.get('etag')).toContain(name)
  }
})

test('what is not finished, an image and a film that cannot be read say why not', async () => {
  const code = async (answer: Promise<Response>) =>
    ((await (await answer).json()) as { code: string }).code
  const running = await queueFile({ now: () => new Date() }, anna.caller)
  const unread = await made()
  await database().update(asset).set({ hasPoster: false }).where(eq(asset.generationId, unread))
  const broken = await made()
  await writeFile(join(folder, 'media', broken, 'video.mp4'), 'no film')
  const image = await made()
  await setRow(image, { kind: 'image' })
  for (const id of [running.id, unread, broken, image])
    expect(await code(put(id, { atSeconds: 0 }))).toBe('not_possible_now')
  expect(await filesOf(broken)).toEqual(['poster.jpg', 'video.mp4'])
  await deleteGeneration(anna.caller.ownerId, broken)
  expect(await code(put(broken, { atSeconds: 0 }))).toBe('not_found')
})
