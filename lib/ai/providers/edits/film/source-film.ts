import '@napi-rs/webcodecs/polyfill'
import {
  ALL_FORMATS,
  EncodedPacketSink,
  FilePathSource,
  Input,
  type InputAudioTrack,
  type InputVideoTrack,
  UnsupportedInputFormatError,
} from 'mediabunny'
import { HindranceError } from '../../process/hindrance.ts'

/** A film that is worked on, read from its file as it is needed. */
export interface SourceFilm extends AsyncDisposable {
  video: InputVideoTrack
  /** Null where it is silent. */
  audio: InputAudioTrack | null
  /** As it is seen: turned, with square pixels. */
  width: number
  height: number
  /** When its first frame is shown, by the film's own clock; all other times count from there. */
  zero: number
  /** When each frame begins, in order. */
  starts: number[]
  /** Where the last frame ends. */
  seconds: number
}

/** Opens a film. Throws `HindranceError` where it holds no pictures that can be read here. */
export async function openFilm(path: string): Promise<SourceFilm> {
  const input = new Input({ source: new FilePathSource(path), formats: ALL_FORMATS })
  const close = async () => input.dispose()
  try {
    const video = await input.getPrimaryVideoTrack()
    if (!video || !(await video.canDecode())) throw new HindranceError('unreadable')
    const audio = await input.getPrimaryAudioTrack()
    const [width, height] = [await video.getDisplayWidth(), await video.getDisplayHeight()]
    const size = { width: Math.round(width), height: Math.round(height) }
    const times = await timesOf(video)
    const isHeard = audio !== null && (await audio.canDecode())
    return { video, audio: isHeard ? audio : null, ...size, ...times, [Symbol.asyncDispose]: close }
  } catch (error) {
    await close()
    throw error instanceof UnsupportedInputFormatError ? new HindranceError('unreadable') : error
  }
}

/** From the packets alone: nothing is decoded. */
async function timesOf(video: InputVideoTrack) {
  const found: { start: number; end: number }[] = []
  const packets = new EncodedPacketSink(video).packets(undefined, undefined, { metadataOnly: true })
  for await (const { timestamp, duration } of packets)
    found.push({ start: timestamp, end: timestamp + duration })
  // In the order they are shown, not that they are decoded in.
  found.sort((a, b) => a.start - b.start)
  const [first, last] = [found[0], found.at(-1)]
  if (!first || !last) throw new HindranceError('unreadable')
  const usual = found.length > 1 ? (last.start - first.start) / (found.length - 1) : 1 / 30
  const end = last.end > last.start ? last.end : last.start + usual
  return {
    zero: first.start,
    starts: found.map(({ start }) => start - first.start),
    seconds: end - first.start,
  }
}

/** Frames a second, on average. */
export function rateOf({ starts, seconds }: Pick<SourceFilm, 'starts' | 'seconds'>) {
  return starts.length / seconds
}

/** The frame that is shown at a time: the last that has begun. */
export function frameAt({ starts }: Pick<SourceFilm, 'starts'>, seconds: number) {
  // Times come rounded to milliseconds.
  const next = starts.findIndex((start) => start > seconds + 0.001)
  return next < 0 ? starts.length - 1 : Math.max(0, next - 1)
}

/** The frames of a span, from the first to the one after the last: its ends move to where a frame begins. */
export function framesBetween(
  film: Pick<SourceFilm, 'starts' | 'seconds'>,
  from: number,
  to: number,
) {
  const edges = [...film.starts, film.seconds]
  const first = Math.min(nearest(edges, from), film.starts.length - 1)
  return { first, after: Math.max(first + 1, nearest(edges, to)) }
}

function nearest(edges: number[], seconds: number) {
  const after = edges.findIndex((edge) => edge >= seconds)
  if (after < 0) return edges.length - 1
  if (after === 0) return 0
  return edges[after]! - seconds < seconds - edges[after - 1]! ? after : after - 1
}
