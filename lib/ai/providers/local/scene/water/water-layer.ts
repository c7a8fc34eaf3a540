import { createCanvas } from '@napi-rs/canvas'
import { shiftAt } from '../camera.ts'
import type { Layer, Moment, Stage } from '../stage.ts'
import { createReflection, type Mirrored } from './reflection.ts'
import {
  createWaterTextures,
  slopeSteps,
  trackSteps,
  waterColors,
  type WaterTexture,
} from './waves.ts'

export interface WaterOptions {
  /** How steep the waves look: 1 is the sea, 0.4 a river. */
  roughness: number
  /** How large they are: 1 is the sea. */
  scale: number
  /** What is at the horizon and is mirrored; empty for none. */
  mirrored: Mirrored[]
}

/** Water below the horizon in a wide frame, in shorter sides. */
const usualDepth = 0.44
/** Texels of the waves in one shorter side, nearest to the viewer. */
const texelsPerUnit = 380
const levels = 6

/**
 * Water from the horizon to the bottom. The one layer that shades pixels in every frame: two slopes and a look-up
 * each, on a grid of half the frame's width or less, about 1 ms at 720p.
 */
export function createWaterLayer(stage: Stage, options: WaterOptions): Layer {
  const { width, height, unit, horizon } = stage
  const cell = Math.max(1, Math.round(unit / 360))
  const columns = Math.ceil(width / cell)
  const rows = Math.ceil((height - horizon) / cell)
  const canvas = createCanvas(columns, rows)
  const own = canvas.getContext('2d')
  const image = own.createImageData(columns, rows)
  const pixels = new Uint32Array(image.data.buffer)
  const shadeRow = rowShader(stage, { ...options, cell, columns, rows, pixels })
  const reflect = createReflection(stage, options.mirrored, cell)
  return {
    draw(context, moment) {
      for (let row = 0; row < rows; row += 1) shadeRow(row, moment)
      own.putImageData(image, 0, 0)
      reflect(own, moment)
      const zoom = 1 + (moment.camera.zoom - 1) * 0.5
      context.setTransform(zoom, 0, 0, zoom, (width / 2) * (1 - zoom), horizon * (1 - zoom))
      context.drawImage(canvas, 0, horizon, columns * cell, rows * cell)
    },
  }
}

interface Grid extends WaterOptions {
  cell: number
  columns: number
  rows: number
  pixels: Uint32Array
}

function rowShader(stage: Stage, grid: Grid) {
  const { width, unit, sun, randomFor } = stage
  const { cell, columns, rows, roughness, pixels } = grid
  const textures = createWaterTextures(randomFor('water'), levels)
  const colors = waterColors(stage, rows, roughness)
  const density = texelsPerUnit / grid.scale

  return (row: number, { seconds, camera }: Moment) => {
    // By pixels below the horizon, not by the share of the frame: a tall frame sees nearer water, not taller waves.
    const near = ((row + 0.5) * cell) / (unit * usualDepth)
    const distance = 1 / (near + 0.045)
    const step = ((density * cell) / unit) * distance
    const [big, small] = [textureFor(textures, step * 0.4), textureFor(textures, step)]
    const shift = shiftAt(stage, camera, Math.min(1, near))
    const start = ((-width / 2 - shift) / cell) * step
    const away = distance * density * 0.42
    const path = { start, step, away, seconds }
    // The sun's track is narrow far away and wide close by; the moving slopes tear it into glints.
    const sunColumn = (sun.x + shiftAt(stage, camera, 0)) / cell
    const trackScale = trackSteps / ((unit / cell) * (0.16 + 0.3 * near))
    const scatter = ((unit / cell) * (0.03 + 0.16 * near) * roughness) / 127
    let bigX = (path.start * 0.4 + seconds * 5.6) * big.inverse
    let smallX = (path.start - seconds * 11.7) * small.inverse
    const bigRow = rowOf(big.texture, (path.away * 0.4 + seconds * 9.4) * big.inverse)
    const smallRow = rowOf(small.texture, (path.away + seconds * 17.5) * small.inverse)
    const bigMask = big.texture.size - 1
    const smallMask = small.texture.size - 1
    const bigStep = step * 0.4 * big.inverse
    const smallStep = step * small.inverse
    const base = row * slopeSteps * trackSteps
    let at = row * columns
    for (let column = 0; column < columns; column += 1) {
      const first = bigRow + (bigX & bigMask)
      const second = smallRow + (smallX & smallMask)
      const slopeY = big.texture.slopeY[first]! + small.texture.slopeY[second]!
      const slopeX = big.texture.slopeX[first]! + small.texture.slopeX[second]!
      const aside = Math.abs(column - sunColumn + slopeX * scatter) * trackScale
      const track = aside > trackSteps - 1 ? trackSteps - 1 : aside | 0
      pixels[at] = colors[base + ((slopeY + 256) >> 3) * trackSteps + track]!
      bigX += bigStep
      smallX += smallStep
      at += 1
    }
  }
}

/** The texture whose texels are about as far apart as the pixels, and the inverse of its coarseness. */
function textureFor(textures: WaterTexture[], step: number) {
  const level = Math.max(0, Math.min(textures.length - 1, Math.floor(Math.log2(step))))
  return { texture: textures[level]!, inverse: 1 / 2 ** level }
}

function rowOf(texture: WaterTexture, away: number) {
  return (Math.floor(away) & (texture.size - 1)) * texture.size
}
