import { mixColors, pixelOf } from '../../color.ts'
import type { Random } from '../../random.ts'
import { clamp01, rampBetween } from '../paint/pixels.ts'
import { skyColorAt } from '../sky/sky-layer.ts'
import type { Stage } from '../stage.ts'

/** Slopes of a patch of water that tiles both ways. Coarser copies of it serve the distance. */
export interface WaterTexture {
  /** Texels on a side, a power of two. */
  size: number
  /** Along x and towards the viewer, -127 to 127. */
  slopeX: Int8Array
  slopeY: Int8Array
}

const size = 256
const waves = 44

/** Waves that fit the patch a whole number of times, most of them rolling towards the viewer. */
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

/** Half the size; slopes flattened by averaging are partly restored, so that far water is not smooth as glass. */
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

/** Steps of the slope towards the viewer, and of the distance from the sun's track. */
export const slopeSteps = 64
export const trackSteps = 32

/**
 * The colour of water for every row, slope and distance from the sun's track: `[row][slope][track]`, 32-bit pixels.
 * It reduces a frame of water to one look-up a pixel.
 */
export function waterColors(stage: Stage, rows: number, calm: number): Uint32Array {
  const { palette, plan, has } = stage
  const colors = new Uint32Array(rows * slopeSteps * trackSteps)
  const isNight = plan.time === 'night'
  const shine = (isNight ? 0.75 : plan.time === 'day' ? 0.7 : 1) * (has('rain') ? 0.25 : 1)
  const light = mixColors(palette.sun, palette.glow, isNight ? 0.35 : 0.3)
  let at = 0
  for (let row = 0; row < rows; row += 1) {
    const near = (row + 0.5) / rows
    const mirror = 0.88 - 0.62 * near ** 0.6
    const veil = 0.75 * (1 - rampBetween(0, 0.09, near))
    for (let step = 0; step < slopeSteps; step += 1) {
      const slope = (step / (slopeSteps - 1)) * 2 - 1
      // A face tilted towards us mirrors the sky higher up; one tilted away the horizon.
      const height = clamp01(0.06 + near * 0.35 + slope * (0.2 + 0.5 * near) * calm)
      const sky = skyColorAt(stage, 1 - height)
      const tilt = clamp01(mirror - slope * 0.3 * calm)
      const water = mixColors(mixColors(palette.water, sky, tilt), palette.horizon, veil)
      for (let track = 0; track < trackSteps; track += 1) {
        const aside = track / (trackSteps - 1)
        const path = Math.exp(-aside * aside * 9)
        const facing = rampBetween(0.62 - path * 0.75, 1.15 - path * 0.55, slope + 0.45)
        colors[at] = pixelOf(mixColors(water, light, clamp01(path * (0.16 + facing) * shine)))
        at += 1
      }
    }
  }
  return colors
}
