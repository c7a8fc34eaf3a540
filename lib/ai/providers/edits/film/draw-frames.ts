import { type Canvas, createCanvas } from '@napi-rs/canvas'
import { type VideoSample, VideoSampleSink } from 'mediabunny'
import type { Part } from '#lib/contract/edit/crop-part'
import { HindranceError } from '../../process/hindrance.ts'
import type { SourceFilm } from './source-film.ts'

export interface Size {
  width: number
  height: number
}

/** Decodes frames by their numbers, which do not fall; one may be wanted more than once. The caller closes them. */
export async function* decodeFrames(film: SourceFilm, wanted: readonly number[]) {
  let done = 0
  let last: VideoSample | undefined
  try {
    for await (const { sample, index } of samplesFrom(film, wanted[0]!)) {
      last?.close()
      last = sample
      // One that does not come out of the decoder is replaced by the next.
      while (wanted[done]! <= index) {
        done += 1
        yield sample.clone()
      }
      if (done >= wanted.length) return
    }
    if (!last) throw new HindranceError('unreadable')
    for (; done < wanted.length; done += 1) yield last.clone()
  } finally {
    last?.close()
  }
}

/** In one go, with their numbers: some films call a frame a key frame that is none, so none is begun at on the way. */
async function* samplesFrom(film: SourceFilm, first: number) {
  const begin = film.zero + film.starts[first]!
  const samples = new VideoSampleSink(film.video).samples(begin, Infinity, {
    verifyKeyPackets: true,
  })
  let index = first
  for await (const sample of samples) {
    const at = sample.timestamp - film.zero + halfMillisecond
    if (at < film.starts[first]!) {
      sample.close()
      continue
    }
    while (index + 1 < film.starts.length && film.starts[index + 1]! <= at) index += 1
    yield { sample, index }
  }
}

const halfMillisecond = 0.0005

export interface Painter {
  /** What was painted last. */
  canvas: Canvas
  /** Paints a frame and closes it. */
  paint(sample: VideoSample): Promise<void>
}

/** Paints frames as they are seen, turned and with square pixels: a part of them, as large as it fits, on black. */
export function createPainter(
  film: Pick<SourceFilm, 'width' | 'height'>,
  size: Size,
  part: Part = { left: 0, top: 0, width: film.width, height: film.height },
): Painter {
  const canvas = createCanvas(size.width, size.height)
  const context = canvas.getContext('2d', { alpha: false })
  const scale = Math.min(size.width / part.width, size.height / part.height)
  const read = createReader()
  return {
    canvas,
    async paint(sample) {
      const frame = await read(sample)
      const isOnItsSide = sample.rotation % 180 !== 0
      const [w, h] = isOnItsSide ? [film.height, film.width] : [film.width, film.height]
      context.save()
      context.fillStyle = 'black'
      context.fillRect(0, 0, size.width, size.height)
      context.translate(size.width / 2, size.height / 2)
      context.scale(scale, scale)
      context.translate(film.width / 2 - part.left - part.width / 2, 0)
      context.translate(0, film.height / 2 - part.top - part.height / 2)
      if (sample.flip) context.scale(-1, 1)
      context.rotate((sample.rotation * Math.PI) / 180)
      context.drawImage(frame, -w / 2, -h / 2, w, h)
      context.restore()
      sample.close()
    },
  }
}

/** Frames of one size share their memory. */
function createReader() {
  let paper = paperOf(1, 1)
  return async (sample: VideoSample) => {
    const { codedWidth, codedHeight } = sample
    if (paper.canvas.width !== codedWidth || paper.canvas.height !== codedHeight)
      paper = paperOf(codedWidth, codedHeight)
    await sample.copyTo(paper.bytes, { format: 'RGBA' })
    paper.context.putImageData(paper.image, 0, 0)
    return paper.canvas
  }
}

function paperOf(width: number, height: number) {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  const image = context.createImageData(width, height)
  const { buffer, byteOffset, byteLength } = image.data
  return { canvas, context, image, bytes: new Uint8Array(buffer, byteOffset, byteLength) }
}

/** The nearest sides that H.264 takes. */
export function evenSize({ width, height }: Size): Size {
  const even = (side: number) => Math.max(2, Math.round(side / 2) * 2)
  return { width: even(width), height: even(height) }
}
