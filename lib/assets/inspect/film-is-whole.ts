import { type FileHandle, open } from 'node:fs/promises'
import type { Container } from './media-facts.ts'

const headBytes = 4_096
const segmentId = 0x18538067
// A film in fragments has two for every second or so.
const boxesAtMost = 100_000

/**
 * Whether a film has all the bytes that its container announces: packets that are missing are not always missed. True
 * where no size is announced, as in live recordings; what follows the film is ignored.
 */
export async function isWholeFilm(path: string, container: Container): Promise<boolean> {
  if (container === 'ts') return true
  const handle = await open(path, 'r')
  try {
    const { size } = await handle.stat()
    if (container === 'mp4' || container === 'mov') return await hasItsFrames(handle, size)
    const end = segmentEnd(await read(handle, 0, headBytes))
    return end === undefined || end <= size
  } finally {
    await handle.close()
  }
}

async function read(handle: FileHandle, at: number, bytes: number) {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, at)
  return buffer.subarray(0, bytesRead)
}

/** Goes from box to box; the frames lie in those of the name `mdat`. */
async function hasItsFrames(handle: FileHandle, size: number) {
  let at = 0
  for (let box = 0; box < boxesAtMost; box++) {
    const head = await read(handle, at, 16)
    if (head.length < 16) return true
    const short = head.readUInt32BE(0)
    const length = short === 1 ? Number(head.readBigUInt64BE(8)) : short
    if (length < 8) return true
    at += length
    if (at > size) return head.toString('latin1', 4, 8) !== 'mdat'
  }
  return true
}

function segmentEnd(head: Buffer) {
  const header = sizeAt(head, 4)
  const segment = header && header.end + (header.value ?? 0)
  if (!segment || segment + 5 > head.length || head.readUInt32BE(segment) !== segmentId)
    return undefined
  const size = sizeAt(head, segment + 4)
  return size?.value === undefined ? undefined : size.end + size.value
}

/** A number of 1 to 8 bytes, whose leading zero bits tell how many; all ones mean unknown. */
function sizeAt(head: Buffer, at: number): { value: number | undefined; end: number } | undefined {
  const length = Math.clz32(head[at] ?? 0) - 23
  if (length > 8 || at + length > head.length) return undefined
  let value = head[at]! & (0xff >> length)
  let isUnknown = value === 0xff >> length
  for (let index = 1; index < length; index++) {
    value = value * 256 + head[at + index]!
    isUnknown &&= head[at + index] === 0xff
  }
  return { value: isUnknown ? undefined : value, end: at + length }
}
