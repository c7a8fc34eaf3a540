import { randomUUID } from 'node:crypto'
import { chmod, copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ChunkStream } from './chunk-stream.ts'
import { readFilePart } from './read-file.ts'
import { type RoomOptions, roomOf } from './room.ts'
import type { Storage, StoredObject } from './storage.ts'

const usualChunkBytes = 128 * 1024

const keyForm = /^(?:file|image|video)_[0-9a-z]{24}\/[a-z0-9-]+\.[a-z0-9]+$/

/** Storage in a folder of this machine's disk. */
export function diskStorage(folder: string, options: RoomOptions = {}): Storage {
  const pathOf = (key: string) => {
    if (!keyForm.test(key)) throw new Error(`not a storage key: ${key}`)
    return join(folder, key)
  }
  return {
    put: (key, sourcePath) => put(pathOf(key), sourcePath),
    get: (key) => get(pathOf(key)),
    remove: (key) => rm(pathOf(key), { force: true }),
    async removeAll(fileId) {
      await rm(dirname(pathOf(`${fileId}/any.mp4`)), { recursive: true, force: true })
    },
    room: roomOf(folder, options),
  }
}

/** Temporary name, flush, rename, flush the folder: a crash at any point leaves the old object or the new one. */
async function put(path: string, sourcePath: string) {
  const temporary = `${path}.${randomUUID()}.part`
  // Other users of the machine cannot read what users made.
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  try {
    await copyFile(sourcePath, temporary)
    await chmod(temporary, 0o600)
    await flush(temporary)
    await rename(temporary, path)
    await flush(dirname(path))
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

async function flush(path: string) {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function get(path: string): Promise<StoredObject | undefined> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) return undefined
  return {
    sizeBytes: found.size,
    read: ({ start = 0, end = found.size - 1, chunkBytes = usualChunkBytes } = {}) => {
      const length = Math.max(0, Math.min(end, found.size - 1) - start + 1)
      return new ChunkStream(readFilePart(path, { start, length, chunkBytes }))
    },
  }
}
