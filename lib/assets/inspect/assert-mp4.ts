import { open } from 'node:fs/promises'

/** The bytes are not the video they were said to be. Trying to store the same bytes again is in vain. */
export class BrokenVideoError extends Error {
  override readonly name = 'BrokenVideoError'
}

/** The bytes are no video at all: a page, most likely, that stands where a video should. */
export class NoVideoError extends BrokenVideoError {}

/** It is not known what the bytes are: their inspection was killed or did not come to an end in time. */
export class UninspectedVideoError extends Error {
  override readonly name = 'UninspectedVideoError'
}

/** Checks the magic bytes of an ISO base media file (`ftyp` at offset 4): an error page never gets further. */
export async function assertMp4(path: string) {
  const handle = await open(path, 'r')
  try {
    const head = Buffer.alloc(12)
    const { bytesRead } = await handle.read(head, 0, head.length, 0)
    if (bytesRead < head.length || head.toString('latin1', 4, 8) !== 'ftyp')
      throw new NoVideoError('no MP4 file')
  } finally {
    await handle.close()
  }
}
