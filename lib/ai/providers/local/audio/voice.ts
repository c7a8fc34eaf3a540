import type { Random } from '../random.ts'

export const sampleRate = 48_000

/** Two channels that voices add themselves to. A usual level is about 0.1; `master` sets the final loudness. */
export interface Mix {
  left: Float32Array
  right: Float32Array
}

/** One sound of a place. Adds itself to the mix; randomness comes only from `random`. */
export type Voice = (mix: Mix, random: Random) => void

/** A filter or a source: one sample in, one sample out. */
export type Filter = (sample: number) => number

/** Six decibels an octave above the cutoff, in hertz; the cutoff may be moved at any time. */
export function createLowPass(cutoff: number) {
  let state = 0
  let share = shareOf(cutoff)
  return {
    next: (sample: number) => {
      state += (sample - state) * share
      return state
    },
    moveTo: (hertz: number) => {
      share = shareOf(hertz)
    },
  }
}

/** What a low pass of this cutoff takes away. */
export function createHighPass(cutoff: number): Filter {
  const low = createLowPass(cutoff)
  return (sample) => sample - low.next(sample)
}

/** A state-variable band pass; `width` 0.1 whistles, 1 only colours. The centre may be moved at any time. */
export function createBandPass(center: number, width: number) {
  let low = 0
  let band = 0
  let pitch = pitchOf(center)
  return {
    next: (sample: number) => {
      low += pitch * band
      const high = sample - low - width * band
      band += pitch * high
      return band * width
    },
    moveTo: (hertz: number) => {
      pitch = pitchOf(hertz)
    },
  }
}

/** White noise, -1 to 1. */
export function createWhiteNoise(random: Random) {
  return () => random() * 2 - 1
}

/** Noise that rumbles: white noise summed up, with a leak that keeps it in bounds; about -1 to 1. */
export function createBrownNoise(random: Random) {
  let state = 0
  return () => {
    state = state * 0.995 + (random() * 2 - 1) * 0.06
    return state * 1.6
  }
}

/** A slow wander between 0 and 1: three sines that never meet in step. `pace` is in turns a second. */
export function createWander(random: Random, pace: number) {
  const phases = [random() * 6.28, random() * 6.28, random() * 6.28] as const
  const turn = (Math.PI * 2 * pace) / sampleRate
  return (index: number) =>
    0.5 +
    0.25 * Math.sin(index * turn + phases[0]) +
    0.16 * Math.sin(index * turn * 1.73 + phases[1]) +
    0.09 * Math.sin(index * turn * 3.1 + phases[2])
}

function shareOf(hertz: number) {
  return 1 - Math.exp((-Math.PI * 2 * hertz) / sampleRate)
}

function pitchOf(hertz: number) {
  return 2 * Math.sin((Math.PI * hertz) / sampleRate)
}
