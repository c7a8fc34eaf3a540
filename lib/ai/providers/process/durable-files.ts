import { randomUUID } from 'node:crypto'
import { link, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Reads a JSON file; null where it is absent or incomplete. */
export async function readJsonFile(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    return null
  }
}

/** Writes a JSON file atomically: a reader sees the old content or the new, even after a power cut. */
export async function writeJsonFile(path: string, value: unknown) {
  const temporary = `${path}.${randomUUID()}.tmp`
  await writeSynced(temporary, value, 'w')
  await rename(temporary, path)
  await syncDirectory(dirname(path))
}

/**
 * Creates a JSON file that must not exist yet, whole: a reader sees no half of it. False where it already
 * exists: this is a lock.
 */
export async function createJsonFile(path: string, value: unknown) {
  const temporary = `${path}.${randomUUID()}.tmp`
  try {
    await writeSynced(temporary, value, 'w')
    await link(temporary, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST' || error.code === 'ENOENT') throw error
      // A file system without links.
      return writeSynced(path, value, 'wx')
    })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await rm(temporary, { force: true })
  }
}

/** Makes a rename or a new name in the directory survive a power cut. */
export async function syncDirectory(path: string) {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function writeSynced(path: string, value: unknown, flags: 'w' | 'wx') {
  const handle = await open(path, flags)
  try {
    await handle.writeFile(JSON.stringify(value))
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Writes a film atomically: `path` is absent or complete, even after a power cut. */
export async function writeFilmFile(bytes: Uint8Array, partPath: string, path: string) {
  const handle = await open(partPath, 'w')
  try {
    await handle.writeFile(bytes)
  } finally {
    await handle.close()
  }
  await publishFile(partPath, path)
}

/** Gives a file that is written whole its name: `path` is absent or complete, even after a power cut. */
export async function publishFile(partPath: string, path: string) {
  const handle = await open(partPath, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(partPath, path)
  await syncDirectory(dirname(path))
}
