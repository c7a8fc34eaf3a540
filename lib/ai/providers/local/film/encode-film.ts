import '@napi-rs/webcodecs/polyfill'
import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output,
} from 'mediabunny'
import { encodeAudio, type StereoSound } from './encode-audio.ts'
import { encodeVideo, type FrameSource } from './encode-video.ts'

export interface FilmSource {
  video: FrameSource
  /** null: a film without a sound track. */
  sound: StereoSound | null
}

/**
 * Encodes frames and sound to an MP4 (H.264 High, AAC-LC, `moov` first), the same bytes for the same input on the
 * same machine. Frames are requested one by one, only when the encoder has room, so memory does not grow with length.
 */
export async function encodeFilm(
  source: FilmSource,
  onFrame: (framesDone: number) => void = () => {},
): Promise<Uint8Array> {
  const target = new BufferTarget()
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'in-memory' }), target })
  const video = new EncodedVideoPacketSource('avc')
  output.addVideoTrack(video, { frameRate: source.video.framesPerSecond })
  const audio = source.sound ? new EncodedAudioPacketSource('aac') : null
  if (audio) output.addAudioTrack(audio)
  await output.start()

  if (audio && source.sound) await encodeAudio(source.sound, audio)
  await encodeVideo(source.video, video, onFrame)
  await output.finalize()
  if (!target.buffer) throw new Error('the muxer left no file')
  const bytes = new Uint8Array(target.buffer)
  fixMp4Times(bytes)
  return bytes
}

/** Boxes to descend into, and boxes that hold a creation and a modification time. */
const containers = new Set(['moov', 'trak', 'mdia'])
const timed = new Set(['mvhd', 'tkhd', 'mdhd'])

/** Sets every creation and modification time of an MP4 to zero, in place, so that equal films are equal bytes. */
export function fixMp4Times(file: Uint8Array) {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  walk(view, 0, view.byteLength)
}

function walk(view: DataView, start: number, end: number) {
  let at = start
  while (at + 8 <= end) {
    const size = view.getUint32(at)
    const type = typeAt(view, at + 4)
    // 0 means "to the end", 1 a 64-bit size: only the media data is that large, and it is the last box.
    if (size < 8) return
    if (containers.has(type)) walk(view, at + 8, at + size)
    if (timed.has(type)) clearTimes(view, at + 8)
    at += size
  }
}

/** After the version byte and three flags come the two times: 32 bits each, or 64 in version 1. */
function clearTimes(view: DataView, at: number) {
  const width = view.getUint8(at) === 1 ? 16 : 8
  for (let offset = 4; offset < 4 + width; offset += 1) view.setUint8(at + offset, 0)
}

function typeAt(view: DataView, at: number) {
  return String.fromCharCode(...[0, 1, 2, 3].map((offset) => view.getUint8(at + offset)))
}
