import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { syncDirectory } from '../process/json-file.ts'

/** Puts a film in place so that `path` is absent or whole, also after a power cut. */
export async function writeFilmFile(bytes: Uint8Array, partPath: string, path: string) {
  const handle = await open(partPath, 'w')
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(partPath, path)
  await syncDirectory(dirname(path))
}
