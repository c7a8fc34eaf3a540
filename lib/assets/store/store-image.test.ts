import { createHash } from 'node:crypto'
import { mkdtemp, readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Canvas, loadImage } from '@napi-rs/canvas'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { lookEachTime } from '../../../tests/support/films/remembered-looks.ts'
import { tinyMp4 } from '../../../tests/support/films/tiny-mp4.ts'
import { imageFiles } from '../../kinds/image.ts'
import { BrokenVideoError, ForeignFilmError, NoVideoError } from '../inspect/assert-film.ts'
import { diskStorage } from '../storage/disk-storage.ts'
import { storeImage } from './store-image.ts'

const fileId = `file_${'a'.repeat(24)}`
let folder: string

beforeAll(lookEachTime)
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'photofinish-image-'))
})

async function store(bytes: Uint8Array, expected?: { sizeBytes: number; sha256: string }) {
  const sourcePath = join(folder, 'source')
  await writeFile(sourcePath, bytes)
  return storeImage({
    folder: fileId,
    objects: imageFiles,
    sourcePath,
    ...(expected && { expected }),
    storage: diskStorage(join(folder, 'media')),
    workFolder: join(folder, 'work'),
    signal: new AbortController().signal,
  })
}

const stored = () => readdir(join(folder, 'media', fileId)).catch(() => [])
const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

function drawn(width = 1600, height = 800) {
  const canvas = new Canvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = 'red'
  context.fillRect(0, 0, width / 2, height)
  return canvas
}

/** A JPEG that is to be seen turned by a quarter. */
function turned() {
  const jpeg = drawn().encodeSync('jpeg')
  const tiff = Buffer.from('4d4d002a00000008000101120003000000010006000000000000', 'hex')
  const exif = Buffer.concat([Buffer.from('Exif\0\0'), tiff])
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2])
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)])
}

describe('storing an image', () => {
  test.each([
    ['png', 'image.png', 'image/png'],
    ['jpeg', 'image.jpg', 'image/jpeg'],
    ['webp', 'image.webp', 'image/webp'],
  ] as const)('keeps %s as it is, and draws a smaller one', async (format, name, contentType) => {
    const bytes = format === 'png' ? drawn().encodeSync('png') : drawn().encodeSync(format)
    const facts = await store(bytes)
    const poster = join(folder, 'media', fileId, 'poster.jpg')
    expect(facts).toEqual({
      width: 1600,
      height: 800,
      durationSeconds: null,
      videoCodec: null,
      audioCodec: null,
      hasPoster: true,
      filmstripFrames: null,
      sizeBytes: bytes.length,
      sha256: sha256Of(bytes),
      drawnBytes: (await stat(poster)).size,
      contentType,
      storageKey: `${fileId}/${name}`,
    })
    expect(await stored()).toEqual([name, 'poster.jpg'].toSorted())
    expect(await readFile(join(folder, 'media', fileId, name))).toEqual(bytes)
    expect(await loadImage(await readFile(poster))).toMatchObject({ width: 1280, height: 640 })
    expect(await readdir(join(folder, 'work'))).toEqual([])
  })

  test('keeps one upright, and tells what is kept', async () => {
    const facts = await store(turned())
    const kept = await readFile(join(folder, 'media', fileId, 'image.jpg'))
    expect(facts).toMatchObject({ width: 800, height: 1600, sha256: sha256Of(kept) })
    expect(facts.sizeBytes).toBe(kept.length)
    expect(await loadImage(kept)).toMatchObject({ width: 800, height: 1600 })
  })

  const png = drawn(64, 64).encodeSync('png')
  const bomb = Buffer.from(png)
  bomb.writeUInt32BE(50_000, 16)
  test.each<[string, () => Promise<Uint8Array> | Uint8Array, new (...all: never[]) => Error]>([
    ['a page', () => Buffer.from('<!doctype html><p>Not found</p>'), NoVideoError],
    ['an answer in JSON', () => Buffer.from('{"error": "no such file"}'), NoVideoError],
    ['an SVG', () => Buffer.from('<svg onload="alert(1)"/>'.padEnd(99)), ForeignFilmError],
    ['a GIF', () => Buffer.from('GIF89a'.padEnd(99)), ForeignFilmError],
    ['a film', async () => readFile(await tinyMp4()), ForeignFilmError],
    ['nothing', () => new Uint8Array(), NoVideoError],
    ['half a PNG', () => png.subarray(0, png.length / 2), BrokenVideoError],
    ['half a JPEG', () => drawn().encodeSync('jpeg').subarray(0, 2_000), BrokenVideoError],
    ['a bomb', () => bomb, BrokenVideoError],
    ['a dot', () => drawn(8, 8).encodeSync('png'), BrokenVideoError],
  ])('refuses %s, and publishes nothing', async (_name, bytes, error) => {
    await expect(store(await bytes())).rejects.toBeInstanceOf(error)
    expect(await stored()).toEqual([])
  })

  test('refuses bytes that changed since they were brought', async () => {
    const error = await store(png, { sizeBytes: 1, sha256: 'other' }).catch((one: unknown) => one)
    expect(error).not.toBeInstanceOf(BrokenVideoError)
    expect(await stored()).toEqual([])
  })
})
