import { sampleRate, type Voice } from './voice.ts'

/** Crickets: high tones in short trills, several of them out of step. */
export const addCrickets: Voice = ({ left, right }, random) => {
  for (let cricket = 0; cricket < 5; cricket += 1) {
    const pitch = 3900 + random() * 900
    const trill = 26 + random() * 12
    const song = 0.55 + random() * 0.6
    const offset = random() * 3
    const pan = 0.08 + random() * 0.84
    const level = 0.006 + random() * 0.014
    for (let index = 0; index < left.length; index += 1) {
      const time = index / sampleRate + offset
      const turn = (time / song) % 1
      if (turn > 0.62) continue
      const envelope = Math.sin((turn / 0.62) * Math.PI) ** 0.7
      const pulse = Math.max(0, Math.sin(time * trill * Math.PI * 2)) ** 2
      const sample = Math.sin(time * pitch * Math.PI * 2) * envelope * pulse * level
      left[index]! += sample * (1 - pan)
      right[index]! += sample * pan
    }
  }
}
