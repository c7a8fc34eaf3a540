import { createLowPass, createWander, sampleRate, type Voice } from './voice.ts'

/** Chords that rest in themselves, as steps over the root in semitones. */
const chords = [
  [0, 7, 12, 16, 19],
  [0, 7, 10, 14, 19],
  [0, 5, 12, 17, 21],
  [0, 7, 14, 16, 23],
]

export interface PadOptions {
  /** The lowest note, in hertz. */
  root: number
  /** How dark: the highest frequency that is let through, in hertz. */
  cutoff: number
  level: number
}

/** A soft chord of slightly detuned voices that swell one after another. */
export function createPadVoice({ root, cutoff, level }: PadOptions): Voice {
  return ({ left, right }, random) => {
    const chord = chords[Math.floor(random() * chords.length)]!
    const key = root * 2 ** (Math.floor(random() * 5) / 12)
    for (const [note, semitones] of chord.entries()) {
      const pitch = key * 2 ** (semitones / 12)
      for (const channel of [left, right]) {
        const swell = createWander(random, 0.07 + note * 0.025)
        const soft = createLowPass(cutoff)
        const detune = 1 + (random() - 0.5) * 0.006
        const step = (pitch * detune * Math.PI * 2) / sampleRate
        const phase = random() * Math.PI * 2
        const strength = level / (1 + note * 0.45)
        for (let index = 0; index < channel.length; index += 1) {
          const turn = index * step + phase
          const tone = Math.sin(turn) + 0.28 * Math.sin(turn * 2) + 0.1 * Math.sin(turn * 3.003)
          channel[index]! += soft.next(tone) * strength * swell(index) ** 1.5
        }
      }
    }
  }
}
