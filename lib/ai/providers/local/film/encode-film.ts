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
import { fixMp4Times } from './fix-mp4-times.ts'

export interface FilmSource {
  video: FrameSource
  /** null: a film without a sound track. */
  sound: StereoSound | null
}

/**
 * Encodes frames and sound to an MP4 (H.264 High, AAC-LC, `moov` first), the same bytes for the same input on the
 * same machine. Frames are asked for one by one, only when the encoder has room, so memory does not grow with length.
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
