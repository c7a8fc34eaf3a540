import {
  createBandPass,
  createBrownNoise,
  createHighPass,
  createLowPass,
  createWander,
  createWhiteNoise,
  sampleRate,
  type Voice,
} from './voice.ts'

export interface WindOptions {
  /** Where the wind sings, in hertz: low over mountains, higher over sand. */
  pitch: number
  strength: number
}

/** Wind in gusts that wander from side to side, its pitch rising with them. */
export function createWindVoice({ pitch, strength }: WindOptions): Voice {
  return ({ left, right }, random) => {
    const gust = createWander(random, 0.14)
    for (const channel of [left, right]) {
      const own = createWander(random, 0.23)
      const noise = createWhiteNoise(random)
      const song = createBandPass(pitch, 0.42)
      const whistle = createBandPass(pitch * 2.3, 0.12)
      const soft = createLowPass(pitch * 4)
      for (let index = 0; index < channel.length; index += 1) {
        const force = gust(index) * 0.65 + own(index) * 0.35
        if (index % 64 === 0) {
          song.moveTo(pitch * (0.55 + force * 0.9))
          whistle.moveTo(pitch * (1.5 + force * 1.4))
        }
        const air = soft.next(noise())
        const level = 0.2 + force * force * 1.5
        channel[index]! +=
          (song.next(air) * 0.9 + whistle.next(air) * 0.3 * force) * level * strength
      }
    }
  }
}

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

/** Surf: each wave swells, breaks bright and runs out with a hiss; below it the sea's own rumble. */
export const addWaves: Voice = ({ left, right }, random) => {
  const channels = [left, right]
  // The same waves on both sides, the right one a moment later: that is what makes a shore wide.
  const period = 4.2 + random() * 1.4
  const begin = random()
  for (const [side, channel] of channels.entries()) {
    const noise = createWhiteNoise(random)
    const rumble = createBrownNoise(random)
    const body = createLowPass(500)
    const second = createLowPass(900)
    const floor = createLowPass(120)
    for (let index = 0; index < channel.length; index += 1) {
      const time = index / sampleRate - side * 0.35
      const wave = swell(time / period + begin) + 0.6 * swell(time / (period * 1.37) + begin * 3)
      if (index % 64 === 0) {
        body.moveTo(260 + 2600 * wave * wave)
        second.moveTo(500 + 3800 * wave)
      }
      const surf = second.next(body.next(noise()))
      channel[index]! += surf * (0.12 + 0.75 * wave) + floor.next(rumble()) * 0.35
    }
  }
}

/** Fast up, slow down, once a turn. */
function swell(turns: number) {
  const t = turns - Math.floor(turns)
  return t < 0.32
    ? Math.sin((t / 0.32) * Math.PI * 0.5) ** 2
    : Math.cos(((t - 0.32) / 0.68) * Math.PI * 0.5) ** 2.4
}
