import { setTimeout } from 'node:timers/promises'
import { AudioSampleSink, type EncodedAudioPacketSource, type InputAudioTrack } from 'mediabunny'
import { createPacketWriter } from '../../local/film/packet-writer.ts'
import { createSoundBuffer } from './sound-buffer.ts'

/** A span of sound, or of silence: the parts of a film follow one another without a gap. */
export interface SoundPart {
  audio: InputAudioTrack | null
  /** By the clock of its film. */
  from: number
  seconds: number
}

/** Samples of one AAC packet. The first packet holds nothing: the encoder begins with it. */
const packetSamples = 1024
/** Packets that may wait in the encoder; each is 8 KB. */
const maxQueue = 16
/** A decoder's first packet sounds only right after the one before it. */
const leadIn = 0.1
/** How far sound may be ahead of the pictures, in seconds. */
const ahead = 1

/** How many packets the sound of a film comes to, at most. */
export async function packetsOfSound(parts: readonly SoundPart[]) {
  return Math.ceil((secondsOf(parts) * (await rateOfSound(parts))) / packetSamples) + 2
}

function secondsOf(parts: readonly SoundPart[]) {
  return parts.reduce((sum, { seconds }) => sum + seconds, 0)
}

/** As the first of the parts has it. */
async function rateOfSound(parts: readonly SoundPart[]) {
  const heard = parts.find(({ audio }) => audio !== null)
  return (await heard?.audio?.getSampleRate()) ?? 48_000
}

/**
 * Encodes the sound of all parts to one AAC track, to the sample as long as they are. `seen` tells how far the pictures
 * are, in seconds: sound does not run ahead of them.
 */
export async function encodeSound(
  parts: readonly SoundPart[],
  track: EncodedAudioPacketSource,
  seen: () => number,
) {
  const sampleRate = await rateOfSound(parts)
  const total = Math.round(secondsOf(parts) * sampleRate)
  // A player leaves out what comes before zero, and what comes after the end.
  const writer = createPacketWriter(
    track,
    (count) => Math.min((count - 1) * packetSamples, total) / sampleRate,
  )
  const encoder = new AudioEncoder({ output: writer.write, error: writer.fail })
  encoder.configure({ codec: 'mp4a.40.2', sampleRate, numberOfChannels: 2, bitrate: 160_000 })
  const buffer = createSoundBuffer(packetSamples, sampleRate, async (samples) => {
    while (!writer.hasFailed() && isAhead(samples.timestamp)) await setTimeout(2)
    if (!writer.hasFailed()) encoder.encode(samples)
    samples.close()
  })
  const isAhead = (microseconds: number) =>
    encoder.encodeQueueSize > maxQueue || microseconds / 1_000_000 > seen() + ahead

  let end = 0
  for (const part of parts) {
    end += part.seconds
    await addPart(part, buffer, Math.round(end * sampleRate))
  }
  await buffer.flush()
  if (!writer.hasFailed()) await encoder.flush()
  await writer.finish()
  encoder.close()
}

/** Adds the samples of a part up to where it ends; what is missing is silence. */
async function addPart(
  { audio, from, seconds }: SoundPart,
  buffer: ReturnType<typeof createSoundBuffer>,
  end: number,
) {
  const begin = buffer.length()
  if (audio)
    for await (const sample of new AudioSampleSink(audio).samples(from - leadIn, from + seconds)) {
      const at = begin + (sample.timestamp - from) * buffer.sampleRate
      await buffer.add(sample, at, end)
      sample.close()
    }
  await buffer.silence(end)
}
