import {
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  FilePathTarget,
  type InputVideoTrack,
  Mp4OutputFormat,
  Output,
} from 'mediabunny'
import { encodeVideo, type FrameSource } from '../../local/film/encode-video.ts'
import { type SoundPart, encodeSound, packetsOfSound } from './encode-sound.ts'

/** The pictures of a film that is made: drawn and encoded, or the packets of others one after the other. */
export type Pictures =
  | (FrameSource & { seconds: number })
  | { packetsOf: PacketPart[]; seconds: number }

/** All packets of a film, `at` so many seconds in the one that is made. */
export interface PacketPart {
  video: InputVideoTrack
  /** When its first frame is shown, by its own clock. */
  zero: number
  at: number
  packets: number
}

export interface NewFilm {
  pictures: Pictures
  /** None where it is silent. */
  sound: SoundPart[]
}

/**
 * Writes an MP4 to a file as it is made, its index first: memory does not grow with its length.
 *
 * @param onProgress is called with 0 to 1.
 */
export async function writeFilm(
  { pictures, sound }: NewFilm,
  path: string,
  onProgress: (share: number) => void,
) {
  const format = new Mp4OutputFormat({ fastStart: 'reserve' })
  const output = new Output({ format, target: new FilePathTarget(path) })
  const isCopied = 'packetsOf' in pictures
  const codec = isCopied ? await pictures.packetsOf[0]!.video.getCodec() : 'avc'
  if (!codec) throw new Error('packets of no known codec')
  const video = new EncodedVideoPacketSource(codec)
  output.addVideoTrack(video, {
    maximumPacketCount: countOf(pictures),
    ...(await turnOf(pictures)),
  })
  const isHeard = sound.some(({ audio }) => audio !== null)
  const audio = isHeard ? new EncodedAudioPacketSource('aac') : null
  if (audio) output.addAudioTrack(audio, { maximumPacketCount: await packetsOfSound(sound) })
  await output.start()

  // Sound is written beside the pictures it is heard with, so that a player finds both in one place.
  let seen = 0
  const tell = (seconds: number) => {
    seen = seconds
    onProgress(Math.min(1, seconds / pictures.seconds))
  }
  const writePictures = isCopied
    ? copyPackets(pictures.packetsOf, video, tell)
    : encodeVideo(pictures, video, (done) => tell(pictures.startOf!(done)))
  await Promise.all([
    writePictures.finally(() => (seen = Infinity)),
    audio && encodeSound(sound, audio, () => seen),
  ])
  await output.finalize()
}

function countOf(pictures: Pictures) {
  return 'packetsOf' in pictures
    ? pictures.packetsOf.reduce((sum, { packets }) => sum + packets, 0)
    : pictures.frameCount
}

/** Frames that are drawn are upright already. */
async function turnOf(pictures: Pictures) {
  if (!('packetsOf' in pictures)) return {}
  const { video } = pictures.packetsOf[0]!
  return { rotation: await video.getRotation(), flip: await video.getFlip() }
}

async function copyPackets(
  parts: PacketPart[],
  track: EncodedVideoPacketSource,
  tell: (seconds: number) => void,
) {
  for (const { video, zero, at } of parts) {
    const decoderConfig = (await video.getDecoderConfig())!
    for await (const packet of new EncodedPacketSink(video).packets()) {
      const timestamp = packet.timestamp - zero + at
      const copy = new EncodedPacket(packet.data, packet.type, timestamp, packet.duration)
      await track.add(copy, { decoderConfig })
      tell(timestamp)
    }
  }
}
