import type { Random } from '../random.ts'

export const sampleRate = 48_000

/** Two channels that voices add themselves to. Around 0.1 is a usual level; the mix sets the loudness in the end. */
export interface Mix {
  left: Float32Array
  right: Float32Array
}

/** One sound of a place. Adds to the mix, with chance only from `random`. */
export type Voice = (mix: Mix, random: Random) => void
