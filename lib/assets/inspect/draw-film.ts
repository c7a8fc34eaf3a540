import { Canvas, type SKRSContext2D } from '@napi-rs/canvas'
import { createRequire } from 'node:module'
import type * as Mediabunny from 'mediabunny'
import type { InputFormat, InputVideoTrack, VideoSample } from 'mediabunny'
import type { Container } from './media-facts.ts'

/** The whole of it from one file: its seventy modules take the inspecting process as long as its work. */
export const mediabunny = createRequire(import.meta.url)('mediabunny') as typeof Mediabunny

const { MATROSKA, MP4, MPEG_TS, QTFF, WEBM } = mediabunny

// Never a playlist: it would name other files to be opened.
export const containerOf = new Map<InputFormat, Container>([
  [MP4, 'mp4'],
  [QTFF, 'mov'],
  [WEBM, 'webm'],
  [MATROSKA, 'mkv'],
  [MPEG_TS, 'ts'],
])
// Twice 4K. Every frame is held decoded, four bytes a pixel, a few times over.
export const pixelsAtMost = 4096 * 4096

export const filmstripFrames = 8
const filmstripFrameHeight = 96
const filmstripFrameWidthAtMost = 1024
const posterLongSide = 1280
const posterAt = 0.4

interface Size {
  width: number
  height: number
}

/** The times of the first and the last frame of a film, in seconds. */
export interface Span {
  first: number
  last: number
}

/** A film's size in whole square pixels, turned as its matrix says. */
export async function sizeAsSeen(video: InputVideoTrack): Promise<Size> {
  const width = Math.round(await video.getDisplayWidth())
  const height = Math.round(await video.getDisplayHeight())
  return { width, height }
}

/**
 * Draws the poster and the filmstrip of a film, as it is seen, and decodes it once, up to its last frame. Throws where a
 * frame does not come out of it, or is larger than the track says.
 */
export async function drawFilm(video: InputVideoTrack, span: Span) {
  const size = await sizeAsSeen(video)
  const poster = posterOf(size)
  const filmstrip = filmstripOf(size)
  const places = [...filmstrip.places, poster.place].toSorted((a, b) => a.at - b.at)
  const timeAt = (at: number) => span.first + at * (span.last - span.first)
  const times = [...places.map(({ at }) => timeAt(at)), span.last]
  await drawAt(video, times, places)
  return { poster: await jpegOf(poster), filmstrip: await filmstrip.canvas.encode('jpeg', 74) }
}

// Times come rounded to milliseconds.
const halfMillisecond = 0.0005

/**
 * Draws the frame that a film shows at a second, as a poster: the last that has begun. Throws where it does not come out
 * of the film.
 */
export async function drawFrame(path: string, second: number) {
  const source = new mediabunny.FilePathSource(path)
  const input = new mediabunny.Input({ formats: [...containerOf.keys()], source })
  const video = await input.getPrimaryVideoTrack()
  if (!video) throw new Error('no video track')
  const size = await sizeAsSeen(video)
  if (size.width * size.height > pixelsAtMost) throw new Error('too many pixels')
  const poster = posterOf(size)
  const at = (await video.getFirstTimestamp()) + second + halfMillisecond
  await drawAt(video, [at], [poster.place])
  return jpegOf(poster)
}

/** Draws the frames at some times at their places, of which there may be fewer. */
async function drawAt(video: InputVideoTrack, times: number[], places: Place[]) {
  let index = 0
  for await (const sample of new mediabunny.VideoSampleSink(video).samplesAtTimestamps(times)) {
    if (!sample) throw new Error('no frame at this time')
    try {
      if (sample.codedWidth * sample.codedHeight > pixelsAtMost) throw new Error('too many pixels')
      const place = places[index++]
      if (place) await drawSample(sample, place)
    } finally {
      sample.close()
    }
  }
}

function jpegOf({ place }: ReturnType<typeof posterOf>) {
  return place.context.canvas.encode('jpeg', 86)
}

/** Where a frame is drawn, and which: 0 is the first, 1 the last. */
interface Place extends Size {
  at: number
  context: SKRSContext2D
  x: number
}

function posterOf({ width, height }: Size) {
  const scale = Math.min(1, posterLongSide / Math.max(width, height))
  const size = { width: scaled(width, scale), height: scaled(height, scale) }
  const context = new Canvas(size.width, size.height).getContext('2d')
  return { place: { at: posterAt, context, x: 0, ...size } satisfies Place }
}

function filmstripOf(size: Size) {
  const widest = filmstripFrameWidthAtMost / size.width
  const scale = Math.min(filmstripFrameHeight / size.height, widest)
  const width = scaled(size.width, scale)
  const height = scaled(size.height, scale)
  const canvas = new Canvas(width * filmstripFrames, height)
  const context = canvas.getContext('2d')
  const places = Array.from({ length: filmstripFrames }, (_, index): Place => {
    return { at: (index + 0.5) / filmstripFrames, context, x: index * width, width, height }
  })
  return { canvas, places }
}

function scaled(side: number, scale: number) {
  return Math.max(1, Math.round(side * scale))
}

/** Turned first, then mirrored, as the film's matrix says; stretched where its pixels are no squares. */
async function drawSample(sample: VideoSample, { context, x, width, height }: Place) {
  const frame = await frameOf(sample)
  const isOnItsSide = sample.rotation % 180 !== 0
  const [w, h] = isOnItsSide ? [height, width] : [width, height]
  context.save()
  context.translate(x + width / 2, height / 2)
  if (sample.flip) context.scale(-1, 1)
  context.rotate((sample.rotation * Math.PI) / 180)
  context.drawImage(frame, -w / 2, -h / 2, w, h)
  context.restore()
}

async function frameOf(sample: VideoSample) {
  const { codedWidth, codedHeight } = sample
  const pixels = new Uint8Array(codedWidth * codedHeight * 4)
  await sample.copyTo(pixels, { format: 'RGBA' })
  const frame = new Canvas(codedWidth, codedHeight)
  const image = frame.getContext('2d').createImageData(codedWidth, codedHeight)
  image.data.set(pixels)
  frame.getContext('2d').putImageData(image, 0, 0)
  return frame
}
