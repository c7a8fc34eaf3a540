import { type Mix, sampleRate } from './voice.ts'

/** Second-order sections of the K-weighting of ITU-R BS.1770-4, for 48 kHz: b0, b1, b2, a1, a2. */
const shelf = [
  1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585,
]
const highPass = [1, -2, 1, -1.99004745483398, 0.99007225036621]

const blockSeconds = 0.4

/** The loudness of a mix in LUFS, without gating: ambience has no pauses to leave out. Silence is -Infinity. */
export function loudnessOf({ left, right }: Mix) {
  const power = [left, right].map((channel) => {
    const weigh = [createSection(shelf), createSection(highPass)] as const
    // Every block's middle would do, but the filters need all samples anyway.
    let sum = 0
    for (const sample of channel) sum += weigh[1](weigh[0](sample)) ** 2
    return sum / Math.max(channel.length, sampleRate * blockSeconds)
  })
  return -0.691 + 10 * Math.log10(power[0]! + power[1]!)
}

function createSection([b0, b1, b2, a1, a2]: number[]) {
  let first = 0
  let second = 0
  return (sample: number) => {
    const out = b0! * sample + first
    first = b1! * sample - a1! * out + second
    second = b2! * sample - a2! * out
    return out
  }
}
