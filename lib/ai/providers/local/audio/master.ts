import { loudnessOf } from './loudness.ts'
import { type Mix, sampleRate } from './voice.ts'

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
