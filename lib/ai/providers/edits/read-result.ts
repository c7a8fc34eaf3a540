import { AudioSampleSink } from 'mediabunny'
import { createPainter, decodeFrames } from './film/draw-frames.ts'
import { openFilm } from './film/source-film.ts'

/** What tests see of a film whose frames are numbered: each one's number, and what is heard. */
export async function lookInto(path: string) {
  await using film = await openFilm(path)
  const { width, height, starts, seconds } = film
  const painter = createPainter(film, { width, height })
  const numbers: number[] = []
  const corners: string[][] = []
  const indexes = starts.map((_, index) => index)
  for await (const sample of decodeFrames(film, indexes)) {
    await painter.paint(sample)
    const pixels = painter.canvas.data()
    const colourAt = (x: number, y: number) =>
      nameOf(pixels, (Math.floor(y * height) * width + Math.floor(x * width)) * 4)
    numbers.push(
      Array.from({ length: 8 }, (_, bit) => colourAt((bit + 0.5) / 8, 0.5)).reduce(
        (sum, colour) => sum * 2 + (colour === 'white' ? 1 : 0),
        0,
      ),
    )
    corners.push([colourAt(0.1, 0.1), colourAt(0.9, 0.1), colourAt(0.1, 0.9), colourAt(0.9, 0.9)])
  }
  const codec = await film.video.getCodec()
  return { width, height, codec, starts, seconds, numbers, corners, sound: await soundOf(path) }
}

const names = {
  red: [255, 0, 0],
  green: [0, 255, 0],
  blue: [0, 0, 255],
  white: [255, 255, 255],
  black: [0, 0, 0],
}

/** The name of a colour that is nearly one of these. */
export function nameOf(pixels: Uint8Array | Uint8ClampedArray, at: number) {
  const near = (want: number[]) =>
    want.every((value, place) => Math.abs(pixels[at + place]! - value) < 60)
  const found = Object.entries(names).find(([, want]) => near(want))
  return found?.[0] ?? pixels.slice(at, at + 3).join(',')
}

/** When its tone begins and ends, in seconds; null of a silent film. */
async function soundOf(path: string) {
  await using film = await openFilm(path)
  if (!film.audio) return null
  const changes: { at: number; isHeard: boolean }[] = []
  let loudAt = -1
  let end = 0
  for await (const sample of new AudioSampleSink(film.audio).samples()) {
    const channel = new Float32Array(sample.numberOfFrames)
    sample.copyTo(channel, { planeIndex: 0, format: 'f32-planar' })
    for (const [index, value] of channel.entries()) {
      const at = sample.timestamp + index / sample.sampleRate - film.zero
      if (Math.abs(value) > 0.15) {
        if (loudAt < 0) changes.push({ at, isHeard: true })
        loudAt = at
      } else if (loudAt >= 0 && at - loudAt > 0.01) {
        changes.push({ at: loudAt, isHeard: false })
        loudAt = -1
      }
    }
    end = sample.timestamp + sample.duration - film.zero
    sample.close()
  }
  if (loudAt >= 0) changes.push({ at: loudAt, isHeard: false })
  const { duration } = await film.audio.computeDuration().then((duration) => ({ duration }))
  return { changes, end, duration }
}

/** The parts of an animated WebP; each frame as a still of its own. */
export function readWebp(bytes: Buffer) {
  const chunks = chunksOf(bytes, 12)
  const [head] = chunks
  if (head?.name !== 'VP8X') throw new Error(`not an extended WebP: ${head?.name}`)
  const loops = chunks.find(({ name }) => name === 'ANIM')!.content.readUInt16LE(4)
  const frames = chunks
    .filter(({ name }) => name === 'ANMF')
    .map(({ content }) => ({
      milliseconds: content.readUIntLE(12, 3),
      still: stillOf(content.subarray(16)),
    }))
  const side = (at: number) => head.content.readUIntLE(at, 3) + 1
  return { width: side(4), height: side(7), loops, frames }
}

function stillOf(chunks: Buffer) {
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1')
  head.writeUInt32LE(4 + chunks.length, 4)
  return Buffer.concat([head, chunks])
}

function chunksOf(bytes: Buffer, begin: number) {
  const found: { name: string; content: Buffer }[] = []
  for (let at = begin; at < bytes.length;) {
    const length = bytes.readUInt32LE(at + 4)
    const content = bytes.subarray(at + 8, at + 8 + length)
    found.push({ name: bytes.toString('latin1', at, at + 4), content })
    at += 8 + length + (length % 2)
  }
  return found
}

/** The size of an animated GIF, how often it repeats (0 is for ever), and how long each frame is shown. */
export function readGif(bytes: Buffer) {
  const delays: number[] = []
  let loops: number | null = null
  for (let at = 0; at < bytes.length - 8; at += 1) {
    if (bytes[at] !== 0x21) continue
    if (bytes[at + 1] === 0xf9 && bytes[at + 2] === 4 && bytes[at + 7] === 0)
      delays.push(bytes.readUInt16LE(at + 4))
    if (bytes.toString('latin1', at + 3, at + 14) === 'NETSCAPE2.0')
      loops = bytes.readUInt16LE(at + 16)
  }
  return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8), loops, delays }
}
