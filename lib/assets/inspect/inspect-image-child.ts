import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Canvas, type Image, loadImage } from '@napi-rs/canvas'
import { brokenImageExit, type ImageFacts } from './image-facts.ts'
import { type ImageHeader, type ImageType, isAnimated, readImageHeader } from './image-header.ts'
import { isWhole, withNoiseBehind } from './image-is-whole.ts'
import { orientationOf } from './image-orientation.ts'

// Run by inspect-image.ts in a process of its own: the bytes come from outside, and decoders crash on such bytes.

const qualities = [94, 85, 70]
const decodedTwiceAtMost = 4096 * 4096
const rowsAtOnce = 128
const posterLongSide = 1280

/** Tells the facts, and draws a poster where it is to; tells a hash of the pixels; or compares them with one. */
type Task = 'look' | 'draw' | 'tell' | 'compare'
const [task, imagePath, ...rest] = process.argv.slice(2) as [Task, string, ...string[]]

async function main() {
  const bytes = await readFile(imagePath)
  if (task === 'tell') return process.stdout.write(hashOf(allRowsOf(await loadImage(bytes))))
  const header = readImageHeader(bytes)
  if (task === 'compare' && header)
    return assertSamePixels(withNoiseBehind(bytes, header.contentType)!, rest[0]!)
  if (!header || !(await isWhole(bytes, header.contentType))) throw new Error('cut off')
  const facts = await lookAt(bytes, header, rest as [string, string])
  return process.stdout.write(JSON.stringify(facts))
}

/** Into the folder go the upright picture, where it was drawn once more, and the poster. */
async function lookAt(bytes: Buffer, header: ImageHeader, [folder, sizeAtMost]: [string, string]) {
  const image = await loadImage(bytes)
  const isToBeCompared = await assertDecoded(image, bytes, header)
  const orientation = orientationOf(bytes, header.contentType)
  const isRedrawn = orientation !== 1 || isAnimated(bytes, header.contentType)
  const canvas = isRedrawn ? uprightCanvas(image, header, orientation) : image
  const upright =
    canvas instanceof Canvas ? await encoded(canvas, header.contentType, sizeAtMost) : bytes
  if (isRedrawn) await writeFile(join(folder, 'upright'), upright)
  if (task === 'draw') await writeFile(join(folder, 'poster.jpg'), await posterOf(canvas))
  const facts: ImageFacts = {
    width: canvas.width,
    height: canvas.height,
    sizeBytes: upright.byteLength,
    sha256: hashOf([upright]),
    isRedrawn,
    isToBeCompared,
  }
  return facts
}

/** A smaller one, for cards. A JPEG has no transparency: what is seen through is white there. */
async function posterOf(image: Image | Canvas) {
  const scale = Math.min(1, posterLongSide / Math.max(image.width, image.height))
  const [width, height] = [image.width, image.height].map((side) =>
    Math.max(1, Math.round(side * scale)),
  ) as [number, number]
  const canvas = new Canvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = 'white'
  context.fillRect(0, 0, width, height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(image, 0, 0, width, height)
  return canvas.encode('jpeg', 86)
}

/** Throws where a picture's pixels are others once there is noise behind them. */
async function assertSamePixels(noisy: Buffer, before: string) {
  const image = await loadImage(noisy)
  if (hashOf(allRowsOf(image)) !== before) throw new Error('made up')
}

/**
 * Decoders give up in silence. What they did not reach of a JPEG they leave transparent, which it never is; of a JPEG or
 * WebP they make it up: then noise behind the pixels shows in what they draw. Answers whether other processes have to
 * compare that.
 */
async function assertDecoded(image: Image, bytes: Buffer, { contentType }: ImageHeader) {
  const row = rowsOf(image, image.height - 1, 1)
  const isOpaque = row[3] === 255 && row.at(-1) === 255
  if (contentType === 'image/jpeg' && !isOpaque) throw new Error('not decoded to its end')
  const noisy = withNoiseBehind(bytes, contentType)
  if (!noisy) return false
  // Larger ones cannot be held twice.
  if (image.width * image.height > decodedTwiceAtMost) return true
  await assertSamePixels(noisy, hashOf(allRowsOf(image)))
  return false
}

function* allRowsOf(image: Image) {
  for (let y = 0; y < image.height; y += rowsAtOnce) yield rowsOf(image, y, rowsAtOnce)
}

function hashOf(parts: Iterable<Uint8Array>) {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

function rowsOf(image: Image, y: number, height: number) {
  const context = new Canvas(image.width, height).getContext('2d')
  context.drawImage(image, 0, -y)
  return Buffer.from(context.getImageData(0, 0, image.width, height).data.buffer)
}

// From the pixels as stored to the pixels as seen, by EXIF orientation; w and h are those of the stored ones.
const matrices: Record<
  number,
  (w: number, h: number) => [number, number, number, number, number, number]
> = {
  1: () => [1, 0, 0, 1, 0, 0],
  2: (w) => [-1, 0, 0, 1, w, 0],
  3: (w, h) => [-1, 0, 0, -1, w, h],
  4: (_, h) => [1, 0, 0, -1, 0, h],
  5: () => [0, 1, 1, 0, 0, 0],
  6: (_, h) => [0, 1, -1, 0, h, 0],
  7: (w, h) => [0, -1, -1, 0, h, w],
  8: (w) => [0, -1, 1, 0, 0, w],
}

/** The picture as it is seen. The decoder turns JPEG and WebP itself, and never PNG. */
function uprightCanvas(image: Image, { contentType }: ImageHeader, orientation: number) {
  const { width, height } = image
  const isLeft = contentType === 'image/png'
  const isSwapped = isLeft && orientation > 4
  const canvas = new Canvas(isSwapped ? height : width, isSwapped ? width : height)
  const context = canvas.getContext('2d')
  if (isLeft) context.setTransform(...matrices[orientation]!(width, height))
  context.drawImage(image, 0, 0)
  return canvas
}

/** In the format the picture came in, and no larger than a picture may be. */
async function encoded(canvas: Canvas, contentType: ImageType, sizeAtMost: string) {
  if (contentType === 'image/png') return canvas.encode('png')
  const format = contentType === 'image/jpeg' ? 'jpeg' : 'webp'
  let bytes: Buffer = Buffer.alloc(0)
  for (const quality of qualities) {
    bytes = await canvas.encode(format, quality)
    if (bytes.byteLength <= Number(sizeAtMost)) break
  }
  return bytes
}

/** A full disk or a lack of memory says nothing about the picture. */
function judge(error: unknown) {
  if (error instanceof Error && 'syscall' in error) throw error
  console.error(error)
  process.exitCode = brokenImageExit
}

await main().catch(judge)
