import { GifEncoder } from '@napi-rs/canvas'
import type { EditOrder } from '#lib/contract/generation'
import { HindranceError } from '../../process/hindrance.ts'
import { createPainter, decodeFrames, type Size } from '../film/draw-frames.ts'
import { frameAt, type SourceFilm } from '../film/source-film.ts'
import { type StillFrame, webpAnimation } from './webp-animation.ts'

/** What an animation may be at most. */
const animationBytes = 30 * 1024 * 1024
const webpQuality = 80

/** A frame of a film as a PNG, in the size it is seen in. */
export async function takeFrame(
  film: SourceFilm,
  at: Extract<EditOrder, { operation: 'frame' }>['at'],
): Promise<Buffer> {
  const last = film.starts.length - 1
  const index = at === 'first' ? 0 : at === 'last' ? last : frameAt(film, at)
  const painter = createPainter(film, { width: film.width, height: film.height })
  for await (const sample of decodeFrames(film, [index])) await painter.paint(sample)
  return painter.canvas.encode('png')
}

type Animation = Extract<EditOrder, { operation: 'animation' }>

/** A span of a film as an animation. Throws `HindranceError` where it is too large. */
export async function animate(
  film: SourceFilm,
  order: Animation,
  onProgress: (share: number) => void,
): Promise<Buffer> {
  const size = sizeOf(film, order.width)
  const times = timesOf(film, order)
  const draw = createPainter(film, size)
  const encoder = order.format === 'gif' ? gifOf(size) : webpOf(size)
  let done = 0
  for await (const sample of decodeFrames(
    film,
    times.map((time) => frameAt(film, time)),
  )) {
    await draw.paint(sample)
    done += 1
    await encoder.add(draw.canvas, delayOf(done, order.fps))
    onProgress(done / times.length)
  }
  const bytes = encoder.finish()
  if (bytes.length > animationBytes) throw new HindranceError('too_large')
  return bytes
}

/** As wide as it was asked for, never wider than the film. */
function sizeOf(film: Size, wanted: number): Size {
  const width = Math.min(wanted, film.width)
  return { width, height: Math.max(1, Math.round((film.height * width) / film.width)) }
}

function timesOf({ seconds }: SourceFilm, { from, to, fps }: Animation) {
  const count = Math.max(1, Math.round((Math.min(to, seconds) - from) * fps))
  return Array.from({ length: count }, (_, index) => from + index / fps)
}

/** Whole hundredths of a second, as a GIF counts them, without drifting away from the rate. */
function delayOf(number: number, fps: number) {
  const at = (frames: number) => Math.round((frames * 100) / fps)
  return (at(number) - at(number - 1)) * 10
}

type Canvas = ReturnType<typeof createPainter>['canvas']

function gifOf({ width, height }: Size) {
  const encoder = new GifEncoder(width, height, { repeat: 0, quality: 10 })
  return {
    add: async (canvas: Canvas, delay: number) => {
      encoder.addFrame(canvas.data(), width, height, { delay })
    },
    finish: () => encoder.finish(),
  }
}

function webpOf(size: Size) {
  const frames: StillFrame[] = []
  return {
    add: async (canvas: Canvas, milliseconds: number) => {
      frames.push({ webp: await canvas.encode('webp', webpQuality), milliseconds })
    },
    finish: () => webpAnimation(frames, size),
  }
}
