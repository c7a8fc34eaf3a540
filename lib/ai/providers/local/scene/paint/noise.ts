import type { Random } from '../../random.ts'

/** Smooth noise over the plane, about -1 to 1; one cell of its lattice is 1 wide. */
export type Noise = (x: number, y: number) => number

/** Gradient noise over a permuted lattice of 256; with `periodX` (a divisor of 256) it tiles along x. */
export function createNoise(random: Random, periodX = 256): Noise {
  const order = Uint8Array.from({ length: 256 }, (_, index) => index)
  for (let index = 255; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1))
    const kept = order[index]!
    order[index] = order[other]!
    order[other] = kept
  }
  const gradientX = new Float32Array(256)
  const gradientY = new Float32Array(256)
  for (let index = 0; index < 256; index += 1) {
    const angle = random() * Math.PI * 2
    gradientX[index] = Math.cos(angle) * 1.5
    gradientY[index] = Math.sin(angle) * 1.5
  }
  const corner = (column: number, row: number, dx: number, dy: number) => {
    const wrapped = ((column % periodX) + periodX) % periodX
    const at = order[(order[wrapped & 255]! + row) & 255]!
    return gradientX[at]! * dx + gradientY[at]! * dy
  }
  return (x, y) => {
    const column = Math.floor(x)
    const row = Math.floor(y)
    const dx = x - column
    const dy = y - row
    const sx = dx * dx * dx * (dx * (dx * 6 - 15) + 10)
    const sy = dy * dy * dy * (dy * (dy * 6 - 15) + 10)
    const top = corner(column, row, dx, dy)
    const bottom = corner(column, row + 1, dx, dy - 1)
    const topRight = corner(column + 1, row, dx - 1, dy)
    const bottomRight = corner(column + 1, row + 1, dx - 1, dy - 1)
    const upper = top + (topRight - top) * sx
    const lower = bottom + (bottomRight - bottom) * sx
    return upper + (lower - upper) * sy
  }
}

/** Octaves of a noise, each half as strong and twice as fine; about -1 to 1. */
export function fractal(noise: Noise, x: number, y: number, octaves: number) {
  let sum = 0
  let strength = 0.5
  let scale = 1
  for (let octave = 0; octave < octaves; octave += 1) {
    sum += noise(x * scale, y * scale + octave * 17.3) * strength
    strength *= 0.5
    scale *= 2
  }
  return sum
}

/** Octaves folded into sharp crests, 0 to about 1: rock, and light on water. */
export function ridged(noise: Noise, x: number, y: number, octaves: number) {
  let sum = 0
  let strength = 0.5
  let scale = 1
  for (let octave = 0; octave < octaves; octave += 1) {
    const fold = 1 - Math.abs(noise(x * scale, y * scale + octave * 31.7))
    sum += fold * fold * strength
    strength *= 0.5
    scale *= 2
  }
  return sum
}
