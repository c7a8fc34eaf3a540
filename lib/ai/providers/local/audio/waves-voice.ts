import { createBrownNoise, createLowPass, createWhiteNoise } from './filters.ts'
import { sampleRate, type Voice } from './voice.ts'

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
