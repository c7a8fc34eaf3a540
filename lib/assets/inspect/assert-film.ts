import { open } from 'node:fs/promises'
import { imageTypeOf } from './image-header.ts'

/** The bytes are not the video they were said to be. Storing the same bytes again cannot succeed. */
export class BrokenVideoError extends Error {
  override readonly name = 'BrokenVideoError'
}

/** The bytes are no video at all: most likely a page in place of a video. */
export class NoVideoError extends BrokenVideoError {}

/** The bytes are a film in a container that is not read here. `format` names it: `AVI`. */
export class ForeignFilmError extends BrokenVideoError {
  readonly format: string

  constructor(format: string) {
    super(`the bytes are ${format}`)
    this.format = format
  }
}

/** It is not known what the bytes are: their inspection was killed or did not come to an end in time. */
export class UninspectedVideoError extends Error {
  override readonly name = 'UninspectedVideoError'
}

/** How many bytes of a file say what it is. */
export const magicBytes = 12

// MP4 and MOV begin with one of these boxes, its name behind its size; older MOV films have no `ftyp`.
const boxes = new Set(['ftyp', 'styp', 'moov', 'moof', 'mdat', 'wide', 'free', 'skip', 'pnot'])

const magic: { isFound(head: Buffer): boolean; foreign?: string }[] = [
  { isFound: (head) => boxes.has(head.toString('latin1', 4, 8)) },
  // WebM and Matroska.
  { isFound: (head) => head.readUInt32BE() === 0x1a45dfa3 },
  // MPEG-TS: its first packet is one of the tables of contents, whose numbers are small.
  { isFound: (head) => head[0] === 0x47 && (head[1]! & 0x9f) === 0 && head[2]! < 0x20 },
  { isFound: (head) => head.toString('latin1', 8, 12) === 'AVI ', foreign: 'AVI' },
  { isFound: (head) => head.toString('latin1', 0, 3) === 'FLV', foreign: 'Flash' },
  { isFound: (head) => head.readUInt32BE() === 0x3026b275, foreign: 'Windows Media' },
  { isFound: (head) => head.readUInt32BE() === 0x000001ba, foreign: 'MPEG-PS' },
  { isFound: (head) => head.toString('latin1', 0, 4) === 'OggS', foreign: 'Ogg' },
  { isFound: (head) => head.toString('latin1', 0, 3) === 'GIF', foreign: 'GIF' },
]

/**
 * Checks the first bytes of a file: an error page never gets further. Throws `NoVideoError` where they begin no film,
 * `ForeignFilmError` where they begin one that is not read here.
 */
export async function assertFilm(path: string) {
  assertFilmHead(await headOf(path))
}

/** The same of bytes that are not on the disk yet; undefined where there are fewer than `magicBytes`. */
export function assertFilmHead(head: Buffer | undefined) {
  const found = head && magic.find(({ isFound }) => isFound(head))
  if (!found) throw new NoVideoError('no film')
  if (found.foreign) throw new ForeignFilmError(found.foreign)
}

/** Of a picture, what `assertFilm` is of a film. */
export async function assertPicture(path: string) {
  const head = await headOf(path)
  if (head && imageTypeOf(head)) return
  const foreign = head && foreignPictures.find(({ isFound }) => isFound(head))
  if (foreign) throw new ForeignFilmError(foreign.name)
  throw new NoVideoError('no picture')
}

const foreignPictures: { isFound(head: Buffer): boolean; name: string }[] = [
  { isFound: (head) => head.toString('latin1', 0, 3) === 'GIF', name: 'GIF' },
  { isFound: (head) => /^ftypavi[fs]/.test(head.toString('latin1', 4, 12)), name: 'AVIF' },
  { isFound: (head) => /^ftyp(?:hei|mif|msf)/.test(head.toString('latin1', 4, 12)), name: 'HEIC' },
  { isFound: (head) => head.toString('latin1', 0, 2) === 'BM', name: 'BMP' },
  { isFound: (head) => /^(?:II\*\0|MM\0\*)/.test(head.toString('latin1', 0, 4)), name: 'TIFF' },
  { isFound: (head) => head.toString('latin1', 0, 4) === '<svg', name: 'SVG' },
  { isFound: (head) => head.toString('latin1', 0, 5) === '%PDF-', name: 'PDF' },
  { isFound: (head) => boxes.has(head.toString('latin1', 4, 8)), name: 'MP4' },
]

async function headOf(path: string) {
  const handle = await open(path, 'r')
  try {
    const head = Buffer.alloc(magicBytes)
    const { bytesRead } = await handle.read(head, 0, head.length, 0)
    return bytesRead < head.length ? undefined : head
  } finally {
    await handle.close()
  }
}
