import type { Random } from '../random.ts'

/** Slopes of a patch of water that tiles both ways, and the same patch ever coarser for the distance. */
export interface WaterTexture {
  /** Texels on a side, a power of two. */
  size: number
  /** Along x and towards the viewer, -127 to 127. */
  slopeX: Int8Array
  slopeY: Int8Array
}

const size = 256
const waves = 44

/** Waves of whole numbers of lengths in the patch, most of them rolling towards the viewer. */
export function createWaterTextures(random: Random, levels: number): WaterTexture[] {
  const slopeX = new Float32Array(size * size)
  const slopeY = new Float32Array(size * size)
  for (let wave = 0; wave < waves; wave += 1) addWave(slopeX, slopeY, random)
  const textures = [quantized(slopeX, slopeY)]
  while (textures.length < levels) textures.push(halved(textures.at(-1)!))
  return textures
}

function addWave(slopeX: Float32Array, slopeY: Float32Array, random: Random) {
  const length = 3 + 40 * random() ** 1.7
  const angle = (random() - 0.5) * 2.1
  const waveX = Math.round(length * Math.sin(angle))
  const waveY = Math.max(1, Math.round(length * Math.cos(angle)))
  const norm = Math.hypot(waveX, waveY)
  const strength = 1 / norm ** 0.75
  const phase = random() * Math.PI * 2
  const turn = (Math.PI * 2) / size
  const [stepCosine, stepSine] = [Math.cos(waveX * turn), Math.sin(waveX * turn)]
  for (let y = 0; y < size; y += 1) {
    // Along a row the wave only turns on by the same angle: one rotation instead of a cosine a texel.
    let cosine = Math.cos(y * waveY * turn + phase) * strength
    let sine = Math.sin(y * waveY * turn + phase) * strength
    for (let at = y * size; at < (y + 1) * size; at += 1) {
      slopeX[at]! += (cosine * waveX) / norm
      slopeY[at]! += (cosine * waveY) / norm
      const turned = cosine * stepCosine - sine * stepSine
      sine = sine * stepCosine + cosine * stepSine
      cosine = turned
    }
  }
}

function quantized(slopeX: Float32Array, slopeY: Float32Array): WaterTexture {
  let strongest = 0
  for (const slope of slopeY) strongest = Math.max(strongest, Math.abs(slope))
  const scaled = (slopes: Float32Array) =>
    Int8Array.from(slopes, (slope) => Math.max(-127, Math.min(127, (slope / strongest) * 150)))
  return { size, slopeX: scaled(slopeX), slopeY: scaled(slopeY) }
}

/** Half the size; what the averaging takes from the slopes is partly given back, or far water would be glass. */
function halved({ size: full, slopeX, slopeY }: WaterTexture): WaterTexture {
  const half = full / 2
  const shrink = (slopes: Int8Array) =>
    Int8Array.from({ length: half * half }, (_, index) => {
      const at = Math.floor(index / half) * 2 * full + (index % half) * 2
      const sum = slopes[at]! + slopes[at + 1]! + slopes[at + full]! + slopes[at + full + 1]!
      return Math.max(-127, Math.min(127, (sum / 4) * 1.25))
    })
  return { size: half, slopeX: shrink(slopeX), slopeY: shrink(slopeY) }
}
