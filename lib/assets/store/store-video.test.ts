import { createHash } from 'node:crypto'
import {
  copyFile,
  mkdtemp,
  readFile,
  readdir,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type FilmOptions, film } from '../../../tests/support/films/film.ts'
import { lookEachTime } from '../../../tests/support/films/remembered-looks.ts'
import { tinyMp4 } from '../../../tests/support/films/tiny-mp4.ts'
import { videoFiles } from '../../kinds/video.ts'
import { diskStorage } from '../storage/disk-storage.ts'
import { BrokenVideoError, NoVideoError, UninspectedVideoError } from '../inspect/assert-film.ts'
import { storeVideo } from './store-video.ts'

const fileId = `file_${'a'.repeat(24)}`
let folder: string

beforeAll(lookEachTime)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'photofinish-media-'))
})

function store(sourcePath: string, expected?: { sizeBytes: number; sha256: string }) {
  return storeVideo({
    folder: fileId,
    objects: videoFiles,
    sourcePath,
    ...(expected && { expected }),
    storage: diskStorage(join(folder, 'media')),
    workFolder: join(folder, 'work'),
    signal: new AbortController().signal,
  })
}

describe('storing a video', () => {
  test('says what its own bytes say, and draws its pictures', async () => {
    const source = await tinyMp4()
    const stored = await store(source)
    const bytes = await readFile(source)
    const drawn = await Promise.all(
      ['poster.jpg', 'filmstrip.jpg'].map((name) => stat(join(folder, 'media', fileId, name))),
    )
    expect(stored).toEqual({
      drawnBytes: drawn.reduce((sum, { size }) => sum + size, 0),
      width: 64,
      height: 64,
      durationSeconds: 1,
      videoCodec: 'avc',
      audioCodec: null,
      hasPoster: true,
      filmstripFrames: 8,
      sizeBytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      contentType: 'video/mp4',
      storageKey: `${fileId}/video.mp4`,
    })
    const names = ['filmstrip.jpg', 'poster.jpg', 'video.mp4']
    expect((await readdir(join(folder, 'media', fileId))).toSorted()).toEqual(names)
    const poster = await readFile(join(folder, 'media', fileId, 'poster.jpg'))
    expect(poster.subarray(0, 3).toString('hex')).toBe('ffd8ff')
    expect(await readdir(join(folder, 'work'))).toEqual([])
  })

  test.each<[FilmOptions, string, string]>([
    [{ codec: 'vp9' }, 'video.mp4', 'video/mp4'],
    [{ container: 'mov' }, 'video.mov', 'video/quicktime'],
    [{ container: 'webm', codec: 'vp9' }, 'video.webm', 'video/webm'],
    [{ container: 'mkv' }, 'video.mkv', 'video/x-matroska'],
  ])('F6: keeps %j as what it is', async (options, name, contentType) => {
    const source = join(folder, 'source')
    const bytes = await film(options)
    await writeFile(source, bytes)
    const stored = await store(source)
    expect(stored).toMatchObject({ contentType, storageKey: `${fileId}/${name}` })
    expect(await readFile(join(folder, 'media', fileId, name))).toEqual(bytes)
  })

  test.each([
    ['AVI', 'RIFF....AVI LIST....'],
    ['GIF', 'GIF89a..............'],
    ['Flash', 'FLV\x01\x05\0\0\0\x09\0\0\0\0'],
  ])('F6: names %s, which is read nowhere here', async (format, bytes) => {
    const source = join(folder, 'source')
    await writeFile(source, bytes, 'latin1')
    await expect(store(source)).rejects.toMatchObject({ format })
  })

  test.each(['Got 404 from the cache', '{"error":"gone"}', 'not found', '\0\0\0\x18nopenope'])(
    'F6: takes %j for no film at all',
    async (bytes) => {
      const source = join(folder, 'source')
      await writeFile(source, bytes, 'latin1')
      await expect(store(source)).rejects.toBeInstanceOf(NoVideoError)
    },
  )

  test('blames the video for no trouble of this machine', async () => {
    const source = await tinyMp4()
    const elsewhere = vi.spyOn(process, 'cwd').mockReturnValue(folder)
    const error: unknown = await store(source).catch((reason: unknown) => reason)
    elsewhere.mockRestore()
    expect(error).toMatchObject({ cause: { code: 1 } })
    expect(error).not.toBeInstanceOf(BrokenVideoError)
    expect(error).not.toBeInstanceOf(UninspectedVideoError)
    await expect(readdir(join(folder, 'media'))).rejects.toThrow('ENOENT')
    expect(await readdir(join(folder, 'work'))).toEqual([])
  })

  test('publishes nothing of a page that pretends to be a video', async () => {
    const page = join(folder, 'video.mp4')
    await writeFile(page, '<!doctype html><title>Not found</title>')
    await expect(store(page)).rejects.toBeInstanceOf(BrokenVideoError)
    await expect(readdir(join(folder, 'media'))).rejects.toThrow('ENOENT')
  })

  test('publishes nothing but the bytes that were brought, and blames no video for others', async () => {
    const source = await tinyMp4()
    const { sizeBytes, sha256 } = await store(source)
    await expect(store(source, { sizeBytes, sha256 })).resolves.toMatchObject({ sha256 })
    await rm(join(folder, 'media'), { recursive: true })
    for (const expected of [
      { sizeBytes: sizeBytes + 1, sha256 },
      { sizeBytes, sha256: sha256.toUpperCase() },
    ])
      await expect(store(source, expected)).rejects.toSatisfy(
        (error) => !(error instanceof BrokenVideoError),
      )
    await expect(readdir(join(folder, 'media'))).rejects.toThrow('ENOENT')
  })

  test('publishes nothing of a video that was cut off', async () => {
    const cut = join(folder, 'video.mp4')
    await copyFile(await tinyMp4(), cut)
    await truncate(cut, (await stat(cut)).size - 20)
    await expect(store(cut)).rejects.toBeInstanceOf(BrokenVideoError)
    await expect(readdir(join(folder, 'media'))).rejects.toThrow('ENOENT')
    expect(await readdir(join(folder, 'work'))).toEqual([])
  })
})
