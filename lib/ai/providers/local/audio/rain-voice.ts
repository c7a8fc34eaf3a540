import {
  createBandPass,
  createHighPass,
  createLowPass,
  createWander,
  createWhiteNoise,
} from './filters.ts'
import { sampleRate, type Voice } from './voice.ts'

const dropsPerSecond = 46

/** Rain: an even hiss that breathes, and single drops close by. */
export const addRain: Voice = (mix, random) => {
  for (const channel of [mix.left, mix.right]) {
    const noise = createWhiteNoise(random)
    const thin = createHighPass(900)
    const soft = createLowPass(6500)
    const body = createBandPass(420, 0.9)
    const breath = createWander(random, 0.2)
    for (let index = 0; index < channel.length; index += 1) {
      const sample = noise()
      channel[index]! +=
        (soft.next(thin(sample)) * 0.22 + body.next(sample) * 0.1) * (0.7 + breath(index) * 0.5)
    }
  }
  const seconds = mix.left.length / sampleRate
  for (let drop = 0; drop < seconds * dropsPerSecond; drop += 1) addDrop(mix, random)
}

/** A drop: a short sine that rises as the bubble closes. */
function addDrop({ left, right }: Parameters<Voice>[0], random: () => number) {
  const start = Math.floor(random() * left.length)
  const length = Math.floor(sampleRate * (0.012 + random() * 0.025))
  const pitch = 900 + random() ** 2 * 3200
  const level = 0.02 + random() ** 4 * 0.14
  const pan = random()
  for (let index = 0; index < length && start + index < left.length; index += 1) {
    const t = index / length
    const turn = (index / sampleRate) * pitch * (1 + t * 0.25) * Math.PI * 2
    const sample = Math.sin(turn) * Math.exp(-t * 5) * Math.min(1, t * 12) * level
    left[start + index]! += sample * (1 - pan)
    right[start + index]! += sample * pan
  }
}
