import { type FileHandle, open } from 'node:fs/promises'

/** The bytes of a file that are read: `length` from `start` on. */
interface Part {
  start: number
  length: number
  chunkBytes: number
}

/**
 * The bytes of a part of a file, the next chunk read while one is used. Two pieces of memory serve for all: a chunk holds
 * until the next is asked for. Nothing is opened before the first. Throws where the file ends before the part does.
 */
export async function* readFilePart(path: string, part: Part): AsyncGenerator<Uint8Array> {
  if (part.length === 0) return
  const handle = await open(path)
  const chunks = aheadOf(handle, part)
  try {
    for (let left = part.length; left > 0;) {
      const chunk = await chunks.next()
      if (chunk.length === 0) throw new Error('a stored object is shorter than it was')
      left -= chunk.length
      yield chunk
    }
  } finally {
    await chunks.end()
    await handle.close()
  }
}

/** Reads one chunk further than what was asked for, into the memory of the one before. */
function aheadOf(handle: FileHandle, { start, length, chunkBytes }: Part) {
  const memory: Buffer[] = []
  let turn = 0
  let at = start
  const read = async () => {
    const size = Math.min(chunkBytes, start + length - at)
    if (size <= 0) return Buffer.alloc(0)
    const place = (memory[turn++ % 2] ??= Buffer.allocUnsafeSlow(size))
    const { bytesRead } = await handle.read(place, 0, size, at)
    at += bytesRead
    return place.subarray(0, bytesRead)
  }
  let ahead: Promise<Buffer> | undefined
  return {
    async next() {
      const chunk = await (ahead ?? read())
      ahead = read()
      // Told by the next call, which may never come.
      ahead.catch(() => {})
      return chunk
    },
    /** Settles once nothing is being read any more. */
    end: async () => void (await ahead?.catch(() => {})),
  }
}
