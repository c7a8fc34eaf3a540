import { type Mix, sampleRate, type Voice } from './voice.ts'

/** A few birds, each with a song of its own, now and then. */
export const addBirds: Voice = (mix, random) => {
  const seconds = mix.left.length / sampleRate
  for (let bird = 0; bird < 4; bird += 1) {
    const pitch = 2200 + random() * 2600
    const pan = 0.12 + random() * 0.76
    const level = 0.018 + random() * 0.035
    const notes = 2 + Math.floor(random() * 4)
    const bend = (random() - 0.35) * 1.1
    for (let at = random() * 2.4; at < seconds - 0.9; at += 1.6 + random() * 2.8) {
      for (let note = 0; note < notes; note += 1) {
        const start = at + note * (0.11 + random() * 0.05)
        chirp(mix, {
          start,
          pitch: pitch * (0.92 + random() * 0.16),
          bend,
          pan,
          level,
          length: 0.06 + random() * 0.06,
        })
      }
    }
  }
}

interface Chirp {
  start: number
  length: number
  pitch: number
  /** How far the pitch slides, as a share of it. */
  bend: number
  pan: number
  level: number
}

function chirp({ left, right }: Mix, { start, length, pitch, bend, pan, level }: Chirp) {
  const from = Math.floor(start * sampleRate)
  const samples = Math.floor(length * sampleRate)
  let phase = 0
  for (let index = 0; index < samples && from + index < left.length; index += 1) {
    const t = index / samples
    const warble = 1 + 0.05 * Math.sin(t * 40)
    phase += (pitch * (1 + bend * t * t) * warble * Math.PI * 2) / sampleRate
    const sample = Math.sin(phase) * Math.sin(Math.PI * t) ** 2 * level
    left[from + index]! += sample * (1 - pan)
    right[from + index]! += sample * pan
  }
}

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
