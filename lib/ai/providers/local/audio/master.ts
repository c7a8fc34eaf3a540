import { type Mix, sampleRate } from './voice.ts'

/** Second-order sections of the K-weighting of ITU-R BS.1770-4, for 48 kHz: b0, b1, b2, a1, a2. */
const shelf = [
  1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585,
]
const highPass = [1, -2, 1, -1.99004745483398, 0.99007225036621]

const blockSeconds = 0.4

/** The loudness of a mix in LUFS, without gating: ambience has no pauses to leave out. Silence is -Infinity. */
export function loudnessOf({ left, right }: Mix) {
  const power = [left, right].map((channel) => {
    const weigh = [createSection(shelf), createSection(highPass)] as const
    // The filters need every sample, so the mean takes every sample too.
    let sum = 0
    for (const sample of channel) sum += weigh[1](weigh[0](sample)) ** 2
    return sum / Math.max(channel.length, sampleRate * blockSeconds)
  })
  return -0.691 + 10 * Math.log10(power[0]! + power[1]!)
}

function createSection([b0, b1, b2, a1, a2]: number[]) {
  let first = 0
  let second = 0
  return (sample: number) => {
    const out = b0! * sample + first
    first = b1! * sample - a1! * out + second
    second = b2! * sample - a2! * out
    return out
  }
}

/** A little below what players level music to: it is a background. */
const targetLoudness = -18
/** Samples above the knee are bent so that none passes the ceiling, -1.4 dB: AAC may overshoot a little. */
const knee = 0.6
const ceiling = 0.85
const fadeInSeconds = 0.35
const fadeOutSeconds = 0.7

/** Brings a mix to its loudness, in place, with no clipped peak and no click at either end. */
export function master(mix: Mix) {
  const loudness = loudnessOf(mix)
  const gain = Number.isFinite(loudness) ? 10 ** ((targetLoudness - loudness) / 20) : 1
  const { length } = mix.left
  const fadeIn = Math.min(length / 3, fadeInSeconds * sampleRate)
  const fadeOut = Math.min(length / 3, fadeOutSeconds * sampleRate)
  for (const channel of [mix.left, mix.right]) {
    for (let index = 0; index < length; index += 1) {
      const fade = Math.min(1, index / fadeIn, (length - 1 - index) / fadeOut)
      channel[index] = limited(channel[index]! * gain) * fade * fade * (3 - 2 * fade)
    }
  }
}

function limited(sample: number) {
  const size = Math.abs(sample)
  if (size <= knee) return sample
  const over = (size - knee) / (ceiling - knee)
  return Math.sign(sample) * (knee + (ceiling - knee) * Math.tanh(over))
}
