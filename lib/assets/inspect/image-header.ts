/** The kinds of picture that are taken, by the type a browser calls them. */
export type ImageType = 'image/png' | 'image/jpeg' | 'image/webp'

export interface ImageHeader {
  contentType: ImageType
  /** As the header claims, before any orientation. */
  width: number
  height: number
}

// A JPEG names its size behind its metadata: at 64 KB each, these are far more than 10 MB hold.
const jpegSegmentsAtMost = 512

/** How many bytes say what a picture is. */
export const imageMagicBytes = 12

/** The type of a picture by its first bytes; undefined for everything that is no PNG, JPEG or WebP. */
export function imageTypeOf(bytes: Uint8Array): ImageType | undefined {
  const head = Buffer.from(
    bytes.buffer,
    bytes.byteOffset,
    Math.min(bytes.byteLength, imageMagicBytes),
  )
  if (head.toString('latin1', 0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png'
  if (head.length > 2 && head.readUIntBE(0, 3) === 0xffd8ff) return 'image/jpeg'
  const isRiff = head.toString('latin1', 0, 4) === 'RIFF'
  return isRiff && head.toString('latin1', 8, 12) === 'WEBP' ? 'image/webp' : undefined
}

/**
 * What a picture claims to be, read in a bounded number of steps whatever the bytes are, and nothing decoded.
 * Undefined where there is no such claim. A size of 0 is a claim too: judging it is for the caller.
 */
export function readImageHeader(bytes: Uint8Array): ImageHeader | undefined {
  const contentType = imageTypeOf(bytes)
  if (!contentType) return undefined
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const size = sizeReaders[contentType](data)
  return size && { contentType, ...size }
}

type Size = Pick<ImageHeader, 'width' | 'height'>

const sizeReaders: Record<ImageType, (data: Buffer) => Size | undefined> = {
  'image/png': pngSize,
  'image/jpeg': jpegSize,
  'image/webp': webpSize,
}

function pngSize(data: Buffer): Size | undefined {
  if (data.length < 33 || data.toString('latin1', 12, 16) !== 'IHDR') return undefined
  return { width: data.readUInt32BE(16), height: data.readUInt32BE(20) }
}

/** Goes from segment to segment by their lengths, to the first frame header. */
function jpegSize(data: Buffer): Size | undefined {
  let at = 2
  for (let step = 0; step < jpegSegmentsAtMost && at + 9 <= data.length; step++) {
    if (data[at] !== 0xff) return undefined
    const marker = data[at + 1]!
    if (isFrame(marker))
      return { width: data.readUInt16BE(at + 7), height: data.readUInt16BE(at + 5) }
    const length = data.readUInt16BE(at + 2)
    // A filling byte is alone; pixels without a frame before them are nothing.
    if (marker === 0xff) at += 1
    else if (marker === 0xda || length < 2) return undefined
    else at += 2 + length
  }
  return undefined
}

/** SOF0 to SOF15, without the tables that lie between them. */
function isFrame(marker: number) {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
}

function webpSize(data: Buffer): Size | undefined {
  if (data.length < 30) return undefined
  const kind = data.toString('latin1', 12, 16)
  if (kind === 'VP8X')
    return { width: data.readUIntLE(24, 3) + 1, height: data.readUIntLE(27, 3) + 1 }
  if (kind === 'VP8 ')
    return { width: data.readUInt16LE(26) & 0x3fff, height: data.readUInt16LE(28) & 0x3fff }
  if (kind !== 'VP8L' || data[20] !== 0x2f) return undefined
  const bits = data.readUInt32LE(21)
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
}

/** Whether a picture says that it moves. Only its first frame is decoded, and a film begins with one still picture. */
export function isAnimated(bytes: Uint8Array, contentType: ImageType): boolean {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (contentType === 'image/webp')
    return data.toString('latin1', 12, 16) === 'VP8X' && (data[20]! & 0x02) !== 0
  // The table of its frames comes before the pixels.
  const pixels = data.indexOf('IDAT')
  return contentType === 'image/png' && data.subarray(0, Math.max(0, pixels)).includes('acTL')
}
