import type { ImageType } from './image-header.ts'

/** The EXIF orientation of a picture, 1 to 8; 1, which is upright, where it names none or none that can be read. */
export function orientationOf(data: Buffer, contentType: ImageType): number {
  const exif = exifOf[contentType](data)
  return exif ? orientationIn(exif) : 1
}

const exifOf: Record<ImageType, (data: Buffer) => Buffer | undefined> = {
  'image/jpeg': exifOfJpeg,
  'image/png': (data) => chunkOf(data, 'eXIf', { at: 8, isPng: true }),
  'image/webp': (data) => chunkOf(data, 'EXIF', { at: 12, isPng: false }),
}

const preamble = 'Exif\0\0'

function exifOfJpeg(data: Buffer) {
  let at = 2
  while (at + 4 <= data.length && data[at] === 0xff && data[at + 1] !== 0xda) {
    const length = data[at + 1] === 0xff ? -1 : data.readUInt16BE(at + 2)
    const isExif = data[at + 1] === 0xe1 && data.toString('latin1', at + 4, at + 10) === preamble
    if (isExif) return data.subarray(at + 10, at + 2 + length)
    at += 2 + length
  }
  return undefined
}

function chunkOf(data: Buffer, name: string, { at, isPng }: { at: number; isPng: boolean }) {
  while (at + 8 <= data.length) {
    const length = isPng ? data.readUInt32BE(at) : data.readUInt32LE(at + 4)
    const nameAt = isPng ? at + 4 : at
    if (data.toString('latin1', nameAt, nameAt + 4) === name)
      return withoutPreamble(data.subarray(at + 8, at + 8 + length))
    at += isPng ? 12 + length : 8 + length + (length % 2)
  }
  return undefined
}

function withoutPreamble(exif: Buffer) {
  return exif.toString('latin1', 0, 6) === preamble ? exif.subarray(6) : exif
}

/** Reads tag 0x0112 of the first directory of a TIFF header. */
function orientationIn(tiff: Buffer) {
  if (tiff.length < 14) return 1
  const isLittle = tiff.toString('latin1', 0, 2) === 'II'
  const short = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const directory = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  if (directory + 2 > tiff.length) return 1
  const entries = short(directory)
  for (let index = 0, at = directory + 2; index < entries; index++, at += 12) {
    if (at + 12 > tiff.length) return 1
    if (short(at) === 0x0112) return within(short(at + 8))
  }
  return 1
}

function within(orientation: number) {
  return orientation >= 1 && orientation <= 8 ? orientation : 1
}
