import { chmod, mkdtemp, readdir, readlink, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { diskStorage } from './disk-storage.ts'
import { chunksOf } from './chunk-stream.ts'
import type { Storage } from './storage.ts'

const fileId = `file_${'a'.repeat(24)}`
const key = `${fileId}/video.mp4`

let folder: string
let source: string
let storage: Storage

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'photofinish-storage-'))
  source = join(folder, 'source')
  await writeFile(source, '0123456789')
  storage = diskStorage(join(folder, 'media'))
})

async function text(range?: { start: number; end: number }) {
  return new Response((await storage.get(key))!.read(range)).text()
}

describe('disk storage', () => {
  test('gives back what was put, whole or in part', async () => {
    await storage.put(key, source)
    expect((await storage.get(key))!.sizeBytes).toBe(10)
    expect(await text()).toBe('0123456789')
    expect(await text({ start: 2, end: 4 })).toBe('234')
  })

  test('reads in chunks whose memory is used again, and gives copies to who keeps them', async () => {
    await storage.put(key, source)
    const object = (await storage.get(key))!
    const part = { start: 1, end: 8, chunkBytes: 3 }
    expect(await new Response(object.read(part)).text()).toBe('12345678')
    const [seen, memory] = [[] as string[], new Set<ArrayBufferLike>()]
    for await (const chunk of chunksOf(object.read(part))) {
      seen.push(Buffer.from(chunk).toString())
      memory.add(chunk.buffer)
    }
    expect(seen).toEqual(['123', '456', '78'])
    expect(memory.size).toBe(2)
    expect(await new Response(object.read({ start: 10 })).text()).toBe('')
  })

  test('a reader that leaves, and an object that ends early, leave no file open', async () => {
    await storage.put(key, source)
    const object = (await storage.get(key))!
    for await (const chunk of chunksOf(object.read({ chunkBytes: 2 }))) if (chunk.length > 0) break
    await writeFile(join(folder, 'media', key), '01234')
    const short = new Response(object.read({ chunkBytes: 2 })).text()
    await expect(short).rejects.toThrow('shorter')
    const open = await readdir('/proc/self/fd').catch(() => [])
    const paths = await Promise.all(
      open.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')),
    )
    expect(paths.filter((path) => path.startsWith(folder))).toEqual([])
  })

  test('replaces a file as a whole, and leaves no half-written one', async () => {
    await storage.put(key, source)
    await writeFile(source, 'new')
    await storage.put(key, source)
    expect(await text()).toBe('new')
    expect(await readdir(join(folder, 'media', fileId))).toEqual(['video.mp4'])
  })

  test('keeps the old object where the new one cannot be written', async () => {
    await storage.put(key, source)
    await expect(storage.put(key, join(folder, 'nowhere'))).rejects.toThrow('ENOENT')
    expect(await text()).toBe('0123456789')
    expect(await readdir(join(folder, 'media', fileId))).toEqual(['video.mp4'])
  })

  test('S15: keeps what users made from other users of the machine', async () => {
    await chmod(source, 0o644)
    await storage.put(key, source)
    const modeOf = async (...names: string[]) => (await stat(join(folder, ...names))).mode & 0o777
    expect(await modeOf('media')).toBe(0o700)
    expect(await modeOf('media', fileId)).toBe(0o700)
    expect(await modeOf('media', key)).toBe(0o600)
  })

  test('removes all of a file, and nothing else', async () => {
    await storage.put(key, source)
    const other = `file_${'b'.repeat(24)}/video.mp4`
    await storage.put(other, source)
    await storage.removeAll(fileId)
    await storage.removeAll(fileId)
    expect(await storage.get(key)).toBeUndefined()
    expect(await storage.get(other)).toBeDefined()
  })

  test.each(['../x.mp4', `${fileId}/../x.mp4`, '/etc/passwd', `${fileId}/`, ''])(
    'refuses %j as a key',
    async (bad) => {
      expect(() => storage.get(bad)).toThrow('not a storage key')
    },
  )
})
