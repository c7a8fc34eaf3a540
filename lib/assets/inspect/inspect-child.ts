import '@napi-rs/webcodecs/polyfill'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { InputAudioTrack, InputTrack, InputVideoTrack } from 'mediabunny'
import {
  type Span,
  containerOf,
  drawFilm,
  filmstripFrames,
  mediabunny,
  pixelsAtMost,
  sizeAsSeen,
} from './draw-film.ts'
import { isWholeFilm } from './film-is-whole.ts'
import { type MediaFacts, brokenVideoExit } from './media-facts.ts'

// Run by inspect-video.ts in a process of its own: the bytes come from outside, and decoders crash on such bytes.

const { EncodedPacketSink, FilePathSource, Input, VideoSampleSink } = mediabunny
const secondsAtMost = 24 * 60 * 60
const tracksAtMost = 32
const audioTracksAtMost = 8

const [videoPath, workFolder] = process.argv.slice(2) as [string, string]

async function main() {
  const source = new FilePathSource(videoPath)
  const input = new Input({ formats: [...containerOf.keys()], source })
  // Every one of thousands would be looked through to find the primary one.
  if ((await input.getTracks()).length > tracksAtMost) throw new Error('too many tracks')
  const video = await input.getPrimaryVideoTrack()
  if (!video) throw new Error('no video track')
  await assertBounded(video)
  const container = containerOf.get(await input.getFormat())!
  if (!(await isWholeFilm(videoPath, container))) throw new Error('cut off')
  const last = await lastPacketOf(video)
  if (!last) throw new Error('no frames')
  const audio = await soundsOf(await input.getAudioTracks())
  const span = { first: await video.getFirstTimestamp(), last: last.timestamp }
  const facts: MediaFacts = {
    container,
    ...(await sizeAsSeen(video)),
    durationSeconds: believable(await input.computeDuration([video, ...audio])),
    videoCodec: (await video.getCodec()) ?? 'unknown',
    audioCodec: audio[0] ? ((await audio[0].getCodec()) ?? 'unknown') : null,
    ...(await drawPictures(video, span)),
  }
  await publish('facts.json', JSON.stringify(facts))
}

/** A length is a sum of claims, which nothing but the time it takes to watch can prove. */
function believable(seconds: number) {
  if (Number.isNaN(seconds)) throw new Error('no duration')
  return seconds > secondsAtMost ? null : seconds
}

/** The audio tracks that hold something: browsers pass over an empty one. */
async function soundsOf(tracks: InputAudioTrack[]) {
  const sounds: InputAudioTrack[] = []
  for (const track of tracks.slice(0, audioTracksAtMost))
    if (await lastPacketOf(track)) sounds.push(track)
  return sounds
}

/**
 * The last packet, null where the track is empty. A file that was cut off has its table of contents, but not the bytes
 * of its last packets.
 */
async function lastPacketOf(track: InputTrack) {
  const last = await new EncodedPacketSink(track).getPacket(Number.POSITIVE_INFINITY)
  if (last && (last.isMetadataOnly || last.data.byteLength === 0)) throw new Error('cut off')
  return last
}

/** Nothing is decoded before: what claims to be larger than any video of ours is none. */
async function assertBounded(video: InputVideoTrack) {
  const seen = await sizeAsSeen(video)
  const coded = (await video.getCodedWidth()) * (await video.getCodedHeight())
  if (Math.max(coded, seen.width * seen.height) > pixelsAtMost) throw new Error('too many pixels')
}

/**
 * Poster and filmstrip are a courtesy: a film in a codec that is unknown here may still play elsewhere. Where the codec
 * is known, the first and the last frame must come out of it; else the frames are a mere claim.
 */
async function drawPictures(video: InputVideoTrack, span: Span) {
  const none = { hasPoster: false, filmstripFrames: null }
  if (!(await video.canDecode())) return none
  try {
    const { poster, filmstrip } = await drawFilm(video, span)
    await publish('poster.jpg', poster)
    await publish('filmstrip.jpg', filmstrip)
    return { hasPoster: true, filmstripFrames }
  } catch (error) {
    if (isOfTheMachine(error)) throw error
    for (const time of [span.first, span.last]) await assertFrame(video, time)
    console.error(error)
    return none
  }
}

async function assertFrame(video: InputVideoTrack, time: number) {
  const frame = await new VideoSampleSink(video).getSample(time)
  if (!frame) throw new Error('no frame')
  const pixels = frame.codedWidth * frame.codedHeight
  frame.close()
  if (pixels > pixelsAtMost) throw new Error('too many pixels')
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
