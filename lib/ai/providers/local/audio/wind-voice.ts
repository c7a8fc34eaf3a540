import { createBandPass, createLowPass, createWander, createWhiteNoise } from './filters.ts'
import type { Voice } from './voice.ts'

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
