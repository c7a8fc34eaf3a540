import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ReadableStream as WebStream } from 'node:stream/web'
import { Canvas } from '@napi-rs/canvas'
import { afterEach, beforeEach, expect, it, test } from 'vitest'
import { scriptedProvider } from '../../../tests/support/generations/scripted-provider.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import {
  type TestGeneration,
  driveToEnd,
  forgetEverything,
  queueFile,
  testGeneration,
} from '../../../tests/support/generations/test-generation.ts'
import { tinyMp4 } from '../../../tests/support/films/tiny-mp4.ts'
import { waitUntil } from '../../../tests/support/wait-until.ts'
import type { Storage } from '../../assets/storage/storage.ts'
import { storeImage } from '../../assets/upload.ts'
import { newId } from '../../ids.ts'
import { Names } from './names.ts'
import { forgetOldZipLinks, linkedIds, makeZipLink, selectionOf } from './selection.ts'
import { zipStream } from './stream.ts'
import { type ZipPart, zipOf } from './zip-of.ts'

withTestDatabase()

const owner = 'anna'
let deps: TestGeneration
let folder: string
beforeEach(async () => {
  await forgetEverything()
  deps = testGeneration(scriptedProvider({ videoPath: await tinyMp4() }))
  folder = await mkdtemp(join(tmpdir(), 'photofinish-zip-'))
})
afterEach(async () => {
  await deps.dispose()
  await rm(folder, { recursive: true })
})

async function film(prompt: string, ownerId = owner) {
  const { id } = await queueFile(deps, { ownerId, prompt, provider: 'scripted' })
  await driveToEnd(id, deps)
  return id
}

/** Saves a ZIP, has another program test it, and unpacks it. */
async function unpacked(stream: ReadableStream<Uint8Array>) {
  const path = join(folder, 'all.zip')
  await writeFile(path, stream)
  execFileSync('python3', ['-c', unpack, path, join(folder, 'out')])
  return (await readdir(join(folder, 'out'))).toSorted((a, b) => a.localeCompare(b))
}
const unpack =
  'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; z.extractall(sys.argv[2]); assert all(i.compress_type==0 for i in z.infolist() if not i.filename.endswith((".json",".txt")))'
const read = (name: string) => readFile(join(folder, 'out', name))

test('a ZIP holds each file beside its settings, and says what is missing', async () => {
  const [fox, same] = [await film('A fox: runs?'), await film('a FOX, runs')]
  const image = await storeImage(owner, new Canvas(20, 20).encodeSync('png'), deps)
  const foreign = await film('a secret', 'boris')
  const open = (await queueFile(deps, { ownerId: owner })).id
  const never = newId('file')
  const ids = [fox, same, image.id, foreign, open, never]
  expect(await selectionOf(owner, { ids })).toMatchObject({ count: 3, ids })
  const names = await unpacked(zipStream(owner, ids, deps.storage))
  expect(names).toEqual(
    [
      'A-fox-runs.mp4',
      'A-fox-runs.settings.json',
      'a-FOX-runs-2.mp4',
      'a-FOX-runs-2.settings.json',
      'image.png',
      'image.settings.json',
      'missing.txt',
    ].toSorted((a, b) => a.localeCompare(b)),
  )
  const media = join(deps.folder, 'media')
  expect(await read('A-fox-runs.mp4')).toEqual(await readFile(join(media, fox, 'video.mp4')))
  expect(await read('image.png')).toEqual(await readFile(join(media, image.id, 'source.png')))
  expect(JSON.parse((await read('a-FOX-runs-2.settings.json')).toString())).toMatchObject({
    file: 'a-FOX-runs-2.mp4',
    id: same,
    prompt: 'a FOX, runs',
    model: 'local-preview',
    seed: 7,
    inputs: { firstFrame: null },
    costUsd: expect.any(Number),
  })
  const missing = (await read('missing.txt')).toString()
  for (const id of [foreign, open, never]) expect(missing).toContain(id)
  expect(missing).not.toMatch(/secret/)
})

test('what vanishes meanwhile is said, and the rest is whole', async () => {
  const ids = [await film('one'), await film('two'), await film('three')]
  const storage: Storage = {
    ...deps.storage,
    async get(key) {
      // Between the look and the reading of its bytes.
      const object = await deps.storage.get(key)
      if (key.startsWith(ids[1]!)) await deps.storage.removeAll(ids[1]!)
      return object
    },
  }
  const names = await unpacked(zipStream(owner, ids, storage))
  expect(names).toContain('one.mp4')
  expect(names).toContain('three.mp4')
  expect(names).not.toContain('two.mp4')
  expect((await read('missing.txt')).toString()).toContain(ids[1])
})

test('a reader that leaves ends the reading, and no file is opened before its turn', async () => {
  const ids = [await film('one'), await film('two'), await film('three')]
  let opened = 0
  let closed = 0
  const chunk = new Uint8Array(256 * 1024)
  const storage: Storage = {
    ...deps.storage,
    get: () => {
      opened++
      const body = () =>
        new ReadableStream<Uint8Array>({
          pull: (controller) => controller.enqueue(chunk),
          cancel: () => void closed++,
        })
      return Promise.resolve({ sizeBytes: 1e9, read: body })
    },
  }
  const reader = zipStream(owner, ids, storage).getReader()
  await reader.read()
  await reader.read()
  expect(opened).toBe(1)
  await reader.cancel()
  await waitUntil(() => closed === 1)
  expect(opened).toBe(1)
})

test('bytes that break off break the ZIP off: it is never told as whole', async () => {
  const id = await film('one')
  const storage: Storage = {
    ...deps.storage,
    get: () => {
      let sent = 0
      const body = () =>
        new ReadableStream<Uint8Array>({
          pull(controller) {
            if (sent++ > 2) controller.error(new Error('the disk is gone'))
            else controller.enqueue(new Uint8Array(64 * 1024))
          },
        })
      return Promise.resolve({ sizeBytes: 1e6, read: body })
    },
  }
  await expect(new Response(zipStream(owner, [id], storage)).bytes()).rejects.toThrow()
})

test('a link is its owner’s, for an hour, and a filter takes what it finds', async () => {
  const id = await film('a fox')
  await film('a hat')
  const selection = await selectionOf(owner, { filter: { q: 'fox' } })
  expect(selection).toMatchObject({ ids: [id], count: 1, bytes: expect.any(Number) })
  const link = await makeZipLink(owner, selection)
  const zipId = link.url.split('/').at(-1)!
  expect(link).toMatchObject({ name: expect.stringMatching(/^photofinish-[\d-]{10}\.zip$/) })
  expect(await linkedIds(owner, zipId)).toEqual([id])
  const gone = { code: 'not_found' }
  await expect(linkedIds('boris', zipId)).rejects.toMatchObject(gone)
  await expect(linkedIds(owner, newId('zip'))).rejects.toMatchObject(gone)
  const later = new Date(Date.now() + 60 * 60_000 + 1)
  await expect(linkedIds(owner, zipId, later)).rejects.toMatchObject(gone)
  await forgetOldZipLinks(later)
  await expect(linkedIds(owner, zipId)).rejects.toMatchObject(gone)
  for (const request of [{ ids: [newId('file')] }, { filter: { q: 'nothing' } }])
    await expect(selectionOf(owner, request)).rejects.toMatchObject(gone)
})

it.each([
  ['CON', 'video-CON'],
  ['../../etc/passwd', 'etc-passwd'],
  ['a\u202Egpj.exe', 'a-gpj-exe'],
  ['...', 'video'],
  ['missing', 'missing-2'],
  ['\u0000\n', 'video'],
  ['C:\\Windows\\nul', 'C-Windows-nul'],
])('the name of %j is safe everywhere', (title, name) => {
  expect(new Names().next(title)).toBe(name)
})

it('names that are one to some system are told apart', () => {
  const names = new Names()
  const titles = ['Fox', 'fox', 'fox-2', 'FOX', 'йод', 'йод'.normalize('NFD'), 'ﬁne', 'fine']
  const given = titles.map((title) => names.next(title))
  expect(new Set(given.map((name) => name.normalize('NFKC').toLowerCase())).size).toBe(8)
  expect(new Names().next('狐'.repeat(400)).length).toBeLessThan(80)
})

/** The ZIP of parts that are at hand. */
const zipped = (parts: ZipPart[], from?: number) =>
  WebStream.from(zipOf(WebStream.from(parts), from)) as ReadableStream<Uint8Array>

test('a ZIP over 4 GB is read by other programs', async () => {
  const madeAt = new Date('2026-11-28T10:00:00Z')
  const film = new Uint8Array(5000).fill(7)
  const content = () => ({ sizeBytes: film.length, chunks: WebStream.from([film]) })
  const parts = [
    { name: 'лиса.mp4', madeAt, content: content() },
    { name: 'лиса.settings.json', madeAt, content: Buffer.from('{}') },
    {
      name: 'small.mp4',
      madeAt,
      content: { sizeBytes: 3, chunks: WebStream.from([film.slice(0, 3)]) },
    },
  ]
  // As if 5,000 were over 4 GB.
  const names = await unpacked(zipped(parts, film.length))
  expect(names).toEqual(['small.mp4', 'лиса.mp4', 'лиса.settings.json'])
  expect(await read('лиса.mp4')).toEqual(Buffer.from(film))
  expect(await read('small.mp4')).toHaveLength(3)
})

test('an object that is longer or shorter than it was told breaks the ZIP off', async () => {
  for (const sizeBytes of [1, 3]) {
    const content = { sizeBytes, chunks: WebStream.from([new Uint8Array(2)]) }
    const parts = [{ name: 'a', madeAt: new Date(), content }]
    await expect(new Response(zipped(parts)).bytes()).rejects.toThrow()
  }
})
