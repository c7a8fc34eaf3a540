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
 * The same picture with noise where a decoder looks no more once it has all pixels. If the picture is another one then,
 * its pixels are not all there: decoders make up those that are missing. Undefined where they do not.
 */
export function withNoiseBehind(data: Buffer, contentType: ImageType): Buffer | undefined {
  if (contentType === 'image/png') return undefined
  return contentType === 'image/jpeg' ? withNoiseInJpeg(data) : withNoiseInWebp(data)
}

const noise = Buffer.from(Array.from({ length: noiseBytes }, (_, index) => (index * 73 + 41) % 255))

/** At the end of its first scans. */
function withNoiseInJpeg(data: Buffer) {
  const end = data.indexOf(endOfJpeg, startOfScan(data))
  return Buffer.concat([data.subarray(0, end), noise, data.subarray(end)])
}

/**
 * At the end of its lossy pixels; the lossless ones have an end that decoders look for. As much as it has bytes: what is
 * made up from too little ends as the picture itself does.
 */
function withNoiseInWebp(data: Buffer) {
  const behind = Buffer.alloc(noiseBytes * Math.ceil(data.length / noiseBytes), noise)
  for (let at = 12; at + 8 <= data.length;) {
    const length = data.readUInt32LE(at + 4)
    const end = at + 8 + length
    if (data.toString('latin1', at, at + 4) === 'VP8 ') {
      const noisy = Buffer.concat([data.subarray(0, end), behind, data.subarray(end)])
      noisy.writeUInt32LE(length + behind.length, at + 4)
      noisy.writeUInt32LE(data.readUInt32LE(4) + behind.length, 4)
      return noisy
    }
    at = end + (length % 2)
  }
  return undefined
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
    if (name === 'IEND') return hasItsRows(pixels, passesOf(data))
    if (name === 'IDAT') pixels.push(data.subarray(at + 8, end))
    at = end + 4
  }
  return false
}

/**
 * Nothing is kept of what is inflated. Rejects where the stream ends too early, holds far more than the rows, or a row
 * begins with a filter that there is not: there decoders stop, and leave the rest empty.
 */
async function hasItsRows(parts: Buffer[], passes: Pass[]) {
  const bytes = passes.reduce((sum, { stride, rows }) => sum + stride * rows, 0)
  if (!Number.isFinite(bytes)) return false
  const starts = rowStarts(passes)
  return pipeline(
    Readable.from(parts),
    createInflate(),
    async (inflated: AsyncIterable<Buffer>) => {
      let size = 0
      let next = starts.next()
      for await (const chunk of inflated) {
        for (; !next.done && next.value < size + chunk.length; next = starts.next())
          if (chunk[next.value - size]! > lastFilter) throw new Error('no such filter')
        size += chunk.length
        if (size > 2 * bytes + slackBytes) throw new Error('more than the pixels')
      }
      return size >= bytes
    },
  )
}

// The inflater hands out whole pieces.
const slackBytes = 128 * 1024
const lastFilter = 4
const samplesOf: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** Rows of one width, each with the byte of its filter before it. */
interface Pass {
  stride: number
  rows: number
}

// Where each pass of an interlaced picture begins, and how far apart its pixels are.
const adam7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

function passesOf(data: Buffer): Pass[] {
  const [width, height] = [data.readUInt32BE(16), data.readUInt32BE(20)]
  const bitsAPixel = data[24]! * (samplesOf[data[25]!] ?? Number.POSITIVE_INFINITY)
  const passes = data[28] === 1 ? adam7 : ([[0, 0, 1, 1]] as const)
  return passes
    .map(([x, y, dx, dy]) => ({
      pixels: Math.ceil((width - x) / dx),
      rows: Math.ceil((height - y) / dy),
    }))
    .filter(({ pixels, rows }) => pixels > 0 && rows > 0)
    .map(({ pixels, rows }) => ({ stride: Math.ceil((pixels * bitsAPixel) / 8) + 1, rows }))
}

/** Where each row begins in what was inflated. */
function* rowStarts(passes: Pass[]) {
  let at = 0
  for (const { stride, rows } of passes) for (let row = 0; row < rows; row++, at += stride) yield at
}
