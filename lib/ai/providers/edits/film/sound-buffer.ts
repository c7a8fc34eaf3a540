import type { AudioSample } from 'mediabunny'

/**
 * Puts sound of any rate and number of channels together to stereo of one rate, and passes it on in packets.
 *
 * @param write resolves once there is room for the next packet.
 */
export function createSoundBuffer(
  packetSamples: number,
  sampleRate: number,
  write: (packet: AudioData) => Promise<void>,
) {
  const left = new Float32Array(packetSamples)
  const right = new Float32Array(packetSamples)
  let used = 0
  let written = 0

  const flush = async () => {
    if (used === 0) return
    const data = new Float32Array(used * 2)
    data.set(left.subarray(0, used), 0)
    data.set(right.subarray(0, used), used)
    const timestamp = Math.round((written * 1_000_000) / sampleRate)
    const form = { format: 'f32-planar', sampleRate, numberOfChannels: 2 } as const
    written += used
    used = 0
    await write(new AudioData({ ...form, numberOfFrames: data.length / 2, timestamp, data }))
  }

  const push = (l: number, r: number) => {
    left[used] = l
    right[used] = r
    used += 1
    return used === packetSamples
  }

  const length = () => written + used

  /** Silence up to a place, in samples from the beginning. */
  const silence = async (until: number) => {
    while (length() < until) if (push(0, 0)) await flush()
  }

  /** Sound that begins at a place; what is there already, and what is past the end, is left out. */
  const add = async (sample: AudioSample, at: number, end: number) => {
    const [l, r] = channelsOf(sample)
    const step = sample.sampleRate / sampleRate
    await silence(Math.min(Math.round(at), end))
    while (length() < end) {
      const place = Math.max(0, (length() - at) * step)
      const index = Math.floor(place + 1e-6)
      if (index >= l.length) return
      const share = step === 1 ? 0 : place - index
      if (push(between(l, index, share), between(r, index, share))) await flush()
    }
  }

  return { sampleRate, length, silence, add, flush }
}

function between(channel: Float32Array, index: number, share: number) {
  const here = channel[index]!
  const next = channel[Math.min(index + 1, channel.length - 1)]!
  return here + (next - here) * share
}

/** Left and right: one channel is heard on both, and of more than two the third is in the middle. */
function channelsOf(sample: AudioSample): [Float32Array, Float32Array] {
  const channels = Array.from({ length: Math.min(3, sample.numberOfChannels) }, (_, planeIndex) => {
    const channel = new Float32Array(sample.numberOfFrames)
    sample.copyTo(channel, { planeIndex, format: 'f32-planar' })
    return channel
  })
  const [left, right = left, middle] = channels as [Float32Array, Float32Array?, Float32Array?]
  if (middle)
    for (const side of [left, right])
      for (const [index, value] of middle.entries()) side[index] = side[index]! + value * 0.7
  return [left, right]
}
