import { crc32, createInflate } from 'node:zlib'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type ImageType, readImageHeader } from './image-header.ts'

/**
 * Whether a picture has all its bytes: decoders draw what is there of a JPEG or PNG that was cut off, and say nothing.
 * Takes time that grows with the bytes, so it is for the child process.
 */
export async function isWhole(data: Buffer, contentType: ImageType): Promise<boolean> {
  if (contentType === 'image/png') return isWholePng(data)
  if (contentType === 'image/jpeg') return isWholeJpeg(data)
  return data.readUInt32LE(4) + 8 <= data.length
}

const noiseBytes = 512
const endOfJpeg = Buffer.from([0xff, 0xd9])

/** Every 64 pixels take a bit at least. */
function isWholeJpeg(data: Buffer) {
  const scan = startOfScan(data)
  const { width, height } = readImageHeader(data)!
  return data.lastIndexOf(endOfJpeg) > scan && (data.length - scan) * 8 * 64 > width * height
}

/**
 * The same JPEG with noise at the end of its first scans, where a decoder looks no more once it has all pixels. If the
 * picture is another one then, its pixels are not all there: decoders make up those that are missing.
 */
export function withNoiseBehind(data: Buffer): Buffer {
  const end = data.indexOf(endOfJpeg, startOfScan(data))
  const noise = Buffer.from(
    Array.from({ length: noiseBytes }, (_, index) => (index * 73 + 41) % 255),
  )
  return Buffer.concat([data.subarray(0, end), noise, data.subarray(end)])
}

/** Behind the metadata: a preview in it has an end of its own. */
function startOfScan(data: Buffer) {
  let at = 2
  while (at + 4 <= data.length && data[at] === 0xff && data[at + 1] !== 0xda)
    at += data[at + 1] === 0xff ? 1 : 2 + data.readUInt16BE(at + 2)
  return at + 4 <= data.length && data[at] === 0xff ? at : Number.POSITIVE_INFINITY
}

async function isWholePng(data: Buffer) {
  const pixels: Buffer[] = []
  for (let at = 8; at + 12 <= data.length;) {
    const end = at + 8 + data.readUInt32BE(at)
    if (end + 4 > data.length || crc32(data.subarray(at + 4, end)) !== data.readUInt32BE(end))
      return false
    const name = data.toString('latin1', at + 4, at + 8)
    if (name === 'IEND') return hasItsRows(pixels, pixelBytes(data))
    if (name === 'IDAT') pixels.push(data.subarray(at + 8, end))
    at = end + 4
  }
  return false
}

/** Nothing is kept of what is inflated. Rejects where the stream ends too early, or holds far more than the rows. */
async function hasItsRows(parts: Buffer[], bytes: number) {
  return pipeline(
    Readable.from(parts),
    createInflate(),
    async (inflated: AsyncIterable<Buffer>) => {
      let size = 0
      for await (const chunk of inflated) {
        size += chunk.length
        if (size > 2 * bytes + slackBytes) throw new Error('more than the pixels')
      }
      return size >= bytes
    },
  )
}

// Interlaced rows are more in number, and the inflater hands out whole pieces.
const slackBytes = 128 * 1024
const samplesOf: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** At least how many bytes the rows have, each with a byte before it. Interlaced ones have a few more. */
function pixelBytes(data: Buffer) {
  const bitsAPixel = data[24]! * (samplesOf[data[25]!] ?? Number.POSITIVE_INFINITY)
  const width = data.readUInt32BE(16)
  return data.readUInt32BE(20) * (Math.ceil((width * bitsAPixel) / 8) + 1)
}
