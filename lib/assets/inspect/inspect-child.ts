import '@napi-rs/webcodecs/polyfill'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Canvas } from '@napi-rs/canvas'
import {
  ALL_FORMATS,
  EncodedPacketSink,
  FilePathSource,
  Input,
  type InputTrack,
  type InputVideoTrack,
  VideoSampleSink,
} from 'mediabunny'
import { brokenVideoExit, mediaFactsSchema } from './media-facts.ts'

// Run by inspect-video.ts in a process of its own: the bytes come from outside, and decoders crash on such bytes.

const filmstripFrames = 8
const filmstripFrameHeight = 96
const posterLongSide = 1280
const posterAt = 0.4
// Twice 4K. Every frame is held decoded, four bytes a pixel, a few times over.
const pixelsAtMost = 4096 * 4096

const [videoPath, workFolder] = process.argv.slice(2) as [string, string]

async function main() {
  const input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(videoPath) })
  const video = await input.getPrimaryVideoTrack()
  if (!video) throw new Error('no video track')
  assertBounded(video)
  const audio = await input.getPrimaryAudioTrack()
  for (const track of await input.getTracks()) await assertWhole(track)
  const durationSeconds = await input.computeDuration()
  const pictures = await drawPictures(video, durationSeconds)
  const facts = mediaFactsSchema.parse({
    width: video.displayWidth,
    height: video.displayHeight,
    durationSeconds,
    videoCodec: video.codec ?? 'unknown',
    audioCodec: audio ? (audio.codec ?? 'unknown') : null,
    ...pictures,
  })
  await publish('facts.json', JSON.stringify(facts))
}

/** A file that was cut off has its table of contents, but not the bytes of its last packets. */
async function assertWhole(track: InputTrack) {
  const last = await new EncodedPacketSink(track).getPacket(Number.POSITIVE_INFINITY)
  if (!last || last.isMetadataOnly || last.data.byteLength === 0) throw new Error('cut off')
}

/** Nothing is decoded before: what claims to be larger than any video of ours is none. */
function assertBounded({ codedWidth, codedHeight, displayWidth, displayHeight }: InputVideoTrack) {
  if (Math.max(codedWidth * codedHeight, displayWidth * displayHeight) > pixelsAtMost)
    throw new Error('too many pixels')
}

/** Poster and filmstrip are a courtesy: a video in a codec that is unknown here may still play elsewhere. */
async function drawPictures(video: InputVideoTrack, durationSeconds: number) {
  try {
    await drawPoster(video, durationSeconds)
    await drawFilmstrip(video, durationSeconds)
    return { hasPoster: true, filmstripFrames }
  } catch (error) {
    if (isOfTheMachine(error)) throw error
    await assertDecodable(video)
    console.error(error)
    return { hasPoster: false, filmstripFrames: null }
  }
}

/** Where the codec is known, at least the first frame can be had; else the frames are a mere claim. */
async function assertDecodable(video: InputVideoTrack) {
  if (!(await video.canDecode())) return
  const first = await new VideoSampleSink(video).getSample(await video.getFirstTimestamp())
  if (!first) throw new Error('no frame')
  first.close()
}

async function drawPoster(video: InputVideoTrack, durationSeconds: number) {
  const { displayWidth, displayHeight } = video
  const scale = Math.min(1, posterLongSide / Math.max(displayWidth, displayHeight))
  const width = Math.round(displayWidth * scale)
  const height = Math.round(displayHeight * scale)
  const canvas = new Canvas(width, height)
  await drawFrames(video, [durationSeconds * posterAt], canvas, width, height)
  await publish('poster.jpg', await canvas.encode('jpeg', 86))
}

async function drawFilmstrip(video: InputVideoTrack, durationSeconds: number) {
  const width = Math.round((filmstripFrameHeight * video.displayWidth) / video.displayHeight)
  const canvas = new Canvas(width * filmstripFrames, filmstripFrameHeight)
  const times = Array.from(
    { length: filmstripFrames },
    (_, index) => ((index + 0.5) / filmstripFrames) * durationSeconds,
  )
  await drawFrames(video, times, canvas, width, filmstripFrameHeight)
  await publish('filmstrip.jpg', await canvas.encode('jpeg', 74))
}

async function drawFrames(
  video: InputVideoTrack,
  times: number[],
  canvas: Canvas,
  width: number,
  height: number,
) {
  const context = canvas.getContext('2d')
  let index = 0
  for await (const sample of new VideoSampleSink(video).samplesAtTimestamps(times)) {
    if (!sample) throw new Error('no frame at this time')
    const { codedWidth, codedHeight } = sample
    const pixels = new Uint8Array(codedWidth * codedHeight * 4)
    await sample.copyTo(pixels, { format: 'RGBA' })
    sample.close()
    const frame = new Canvas(codedWidth, codedHeight)
    const image = frame.getContext('2d').createImageData(codedWidth, codedHeight)
    image.data.set(pixels)
    frame.getContext('2d').putImageData(image, 0, 0)
    context.drawImage(frame, index++ * width, 0, width, height)
  }
}

/** Whole or not at all: the parent takes what lies there under its final name. */
async function publish(name: string, bytes: string | Uint8Array) {
  const path = join(workFolder, name)
  await writeFile(`${path}.part`, bytes)
  await rename(`${path}.part`, path)
}

/** A full disk or a lack of memory says nothing about the video. */
function isOfTheMachine(error: unknown) {
  return error instanceof Error && 'errno' in error
}

/** The verdict about the bytes; what is no verdict ends the process as it comes. */
function judge(error: unknown) {
  if (isOfTheMachine(error)) throw error
  console.error(error)
  process.exitCode = brokenVideoExit
}

// A decoder's promises do not keep the process alive; without a timer it would end in the middle of its work.
const alive = setInterval(() => {}, 1_000)
await main()
  .catch(judge)
  .finally(() => clearInterval(alive))
