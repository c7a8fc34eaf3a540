import { setImmediate, setTimeout } from 'node:timers/promises'
import type { EncodedVideoPacketSource } from 'mediabunny'
import { createPacketWriter } from './packet-writer.ts'

export interface FrameSource {
  width: number
  height: number
  framesPerSecond: number
  frameCount: number
  /** The pixels of one frame, RGBX, row by row. Called in order, once each; the buffer may be reused after the call. */
  drawFrame(index: number): Uint8Array | Promise<Uint8Array>
  /** When a frame begins, in seconds, and where the last one ends; evenly spaced where it is left out. */
  startOf?(index: number): number
}

/** Frames queued while one is encoded. One keeps the encoder busy; each holds 8 MB at 1080p. */
const maxQueue = 1
/** Bytes of pixels between two collections: the garbage collector does not know how large a frame is. */
const collectEveryBytes = 8_000_000
const secondsBetweenKeyFrames = 2

const colorSpace = {
  primaries: 'bt709',
  transfer: 'bt709',
  matrix: 'bt709',
  fullRange: false,
} as const

/** Encodes all frames to H.264 into `track`. Throws what the encoder reports. */
export async function encodeVideo(
  source: FrameSource,
  track: EncodedVideoPacketSource,
  onFrame: (framesDone: number) => void,
) {
  const writer = createPacketWriter(track, startsOf(source))
  const encoder = new VideoEncoder({ output: writer.write, error: writer.fail })
  encoder.configure(configOf(source))
  let uncollected = collectEveryBytes
  for (let index = 0; index < source.frameCount && !writer.hasFailed(); index += 1) {
    encodeFrame(encoder, source, index, await source.drawFrame(index))
    onFrame(index + 1)
    uncollected += source.width * source.height * 4
    if (uncollected >= collectEveryBytes) {
      globalThis.gc?.()
      uncollected = 0
    }
    // Real turns of the event loop: the queue shrinks on another thread, and a promise alone never sees it.
    await setImmediate()
    while (encoder.encodeQueueSize > maxQueue && !writer.hasFailed()) await setTimeout(1)
  }
  if (!writer.hasFailed()) await encoder.flush()
  await writer.finish()
  encoder.close()
}

function startsOf({ startOf, framesPerSecond }: FrameSource) {
  return startOf ?? ((index: number) => index / framesPerSecond)
}

function encodeFrame(
  encoder: VideoEncoder,
  source: FrameSource,
  index: number,
  pixels: Uint8Array,
) {
  const frame = new VideoFrame(pixels, {
    format: 'RGBX',
    codedWidth: source.width,
    codedHeight: source.height,
    timestamp: Math.round(startsOf(source)(index) * 1_000_000),
    colorSpace,
  })
  encoder.encode(frame, {
    keyFrame: index % Math.ceil(secondsBetweenKeyFrames * source.framesPerSecond) === 0,
  })
  frame.close()
}

/** Pixels of a frame, in whole macroblocks. */
const largestOfLevel4 = 8_192 * 256

/**
 * `quantizer` makes this encoder work by a constant rate factor of 23. It is chosen for determinism: with a bitrate,
 * the slice threads race for the buffer's bits and no two runs give the same bytes.
 */
function configOf({ width, height, framesPerSecond }: FrameSource): VideoEncoderConfig {
  return {
    codec: width * height > largestOfLevel4 ? 'avc1.640033' : 'avc1.640028',
    width,
    height,
    framerate: framesPerSecond,
    bitrateMode: 'quantizer',
    latencyMode: 'quality',
    hardwareAcceleration: 'prefer-software',
    avc: { format: 'avc' },
  }
}
