import { setTimeout } from 'node:timers/promises'
import type { EncodedAudioPacketSource } from 'mediabunny'
import { createPacketWriter } from './packet-writer.ts'

export interface StereoSound {
  sampleRate: number
  left: Float32Array
  right: Float32Array
}

/** Samples of one AAC packet. */
const packetSamples = 1024
/** Packets that may wait in the encoder; each is 8 KB. */
const maxQueue = 16

/**
 * Samples that fit into a film of this length. The encoder puts one packet of silence before them, and a sound track
 * that outlasts the pictures would stretch the film.
 */
export function soundSamplesOf(durationSeconds: number, sampleRate: number) {
  return (Math.floor((durationSeconds * sampleRate) / packetSamples) - 1) * packetSamples
}

/** Encodes a sound to AAC-LC into `track`. Throws what the encoder reports. */
export async function encodeAudio(sound: StereoSound, track: EncodedAudioPacketSource) {
  const { sampleRate, left } = sound
  const writer = createPacketWriter(track, (count) => (count * packetSamples) / sampleRate)
  const encoder = new AudioEncoder({ output: writer.write, error: writer.fail })
  encoder.configure({ codec: 'mp4a.40.2', sampleRate, numberOfChannels: 2, bitrate: 128_000 })
  for (let at = 0; at < left.length && !writer.hasFailed(); at += packetSamples) {
    encodePacket(encoder, sound, at)
    while (encoder.encodeQueueSize > maxQueue && !writer.hasFailed()) await setTimeout(1)
  }
  if (!writer.hasFailed()) await encoder.flush()
  await writer.finish()
  encoder.close()
}

function encodePacket(encoder: AudioEncoder, { sampleRate, left, right }: StereoSound, at: number) {
  const length = Math.min(packetSamples, left.length - at)
  const data = new Float32Array(length * 2)
  data.set(left.subarray(at, at + length), 0)
  data.set(right.subarray(at, at + length), length)
  const samples = new AudioData({
    format: 'f32-planar',
    sampleRate,
    numberOfFrames: length,
    numberOfChannels: 2,
    timestamp: Math.round((at * 1_000_000) / sampleRate),
    data,
  })
  encoder.encode(samples)
  samples.close()
}
