import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'

export type PartialFile = Awaited<ReturnType<typeof openPartialFile>>

/** A file that grows while it is downloaded, and its hash with it. What the file held before is gone. */
export async function openPartialFile(path: string) {
  const handle = await open(path, 'a', 0o600)
  let hash = createHash('sha256')
  let size = 0
  let version: string | undefined

  async function beginAgain(newVersion?: string) {
    await handle.truncate(0)
    hash = createHash('sha256')
    size = 0
    version = newVersion
  }

  await beginAgain()
  return {
    beginAgain,
    get size() {
      return size
    },
    /** The strong ETag of what the bytes are the beginning of; undefined where that cannot be continued. */
    get version() {
      return version
    },
    async append(bytes: Uint8Array) {
      await handle.appendFile(bytes)
      hash.update(bytes)
      size += bytes.length
    },
    sha256: () => hash.digest('hex'),
    close: () => handle.close(),
  }
}
