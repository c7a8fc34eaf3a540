import { type Canvas, createCanvas } from '@napi-rs/canvas'
import { type Color, mixColors, rgbOf } from '../../color.ts'
import type { Random } from '../../random.ts'
import { createNoise, fractal } from '../paint/noise.ts'
import { clamp01, rampBetween } from '../paint/pixels.ts'

/** What a planet is coloured by: its lands or bands, its seas or gaps, its air. */
export interface PlanetColors {
  high: Color
  low: Color
  air: Color
}

const mapWidth = 512
const mapHeight = 256
/** Most pixels across the sphere: more make no visible difference, and each costs a look-up a frame. */
const maxSize = 300

/**
 * A lit sphere whose map can be turned. Light and outline are worked out once; a frame only looks the map up.
 */
export function createPlanetSphere(radius: number, colors: PlanetColors, random: Random) {
  const map = paintMap(colors, random)
  const size = Math.min(maxSize, Math.ceil(radius * 2))
  const canvas = createCanvas(size, size)
  const context = canvas.getContext('2d')
  const image = context.createImageData(size, size)
  const { count, at, column, row, light, rim, cover } = pointsOf(size)
  const [airRed, airGreen, airBlue] = rgbOf(colors.air)
  const { data } = image
  for (let point = 0; point < count; point += 1) data[at[point]! + 3] = cover[point]!
  return {
    /** The sphere after this many turns. */
    turnedTo(turns: number): Canvas {
      const way = (turns % 1) * mapWidth
      for (let point = 0; point < count; point += 1) {
        const turned = column[point]! + way
        const whole = turned | 0
        const part = turned - whole
        const start = row[point]!
        const from = start + (whole & (mapWidth - 1)) * 3
        const to = start + ((whole + 1) & (mapWidth - 1)) * 3
        const bright = light[point]!
        const air = rim[point]!
        const pixel = at[point]!
        data[pixel] = (map[from]! + (map[to]! - map[from]!) * part) * bright + airRed * air
        data[pixel + 1] =
          (map[from + 1]! + (map[to + 1]! - map[from + 1]!) * part) * bright + airGreen * air
        data[pixel + 2] =
          (map[from + 2]! + (map[to + 2]! - map[from + 2]!) * part) * bright + airBlue * air
      }
      context.putImageData(image, 0, 0)
      return canvas
    },
  }
}

/** Swirled bands; the noise runs around a cylinder, so that the map has no seam. */
function paintMap(colors: PlanetColors, random: Random) {
  const noise = createNoise(random)
  const isBanded = random() < 0.5
  const map = new Float32Array(mapWidth * mapHeight * 3)
  for (let row = 0; row < mapHeight; row += 1) {
    const latitude = (row / mapHeight - 0.5) * 2
    for (let column = 0; column < mapWidth; column += 1) {
      const angle = (column / mapWidth) * Math.PI * 2
      const [x, z] = [Math.cos(angle), Math.sin(angle)]
      const swirl = fractal(noise, x * 1.4 + 5, z * 1.4 + latitude * 2.2, 4)
      const value = isBanded
        ? 0.5 + 0.5 * Math.sin(latitude * 13 + swirl * 3.4) * (0.6 + swirl * 0.5)
        : rampBetween(
            -0.12,
            0.28,
            fractal(noise, x * 1.5 + latitude * 1.1, z * 1.5 - latitude * 1.7 + swirl * 0.7, 5),
          )
      const fine = 1 + fractal(noise, x * 6 + 40, z * 6 + latitude * 9, 3) * 0.16
      const rgb = rgbOf(mixColors(colors.low, colors.high, clamp01(value)))
      const at = (row * mapWidth + column) * 3
      for (const channel of [0, 1, 2] as const) map[at + channel] = rgb[channel] * fine
    }
  }
  return map
}

/** Where the light comes from: the upper left, a little from behind us. */
const [lightX, lightY, lightZ] = [-0.66, -0.42, 0.62]

/** The pixels of the disc, one array a quality: a frame runs through them in order. */
function pointsOf(size: number) {
  const most = size * size
  const points = {
    count: 0,
    /** Where the pixel's bytes begin. */
    at: new Int32Array(most),
    column: new Float32Array(most),
    /** Where its row of the map begins. */
    row: new Int32Array(most),
    light: new Float32Array(most),
    rim: new Float32Array(most),
    cover: new Uint8Array(most),
  }
  for (let index = 0; index < most; index += 1) addPoint(points, index, size)
  return points
}

function addPoint(points: ReturnType<typeof pointsOf>, index: number, size: number) {
  const dx = (((index % size) + 0.5) / size) * 2 - 1
  const dy = ((Math.floor(index / size) + 0.5) / size) * 2 - 1
  const distance = Math.hypot(dx, dy)
  const cover = clamp01(((1 - distance) * size) / 2)
  if (cover <= 0) return
  const dz = Math.sqrt(Math.max(0, 1 - distance * distance))
  const facing = dx * lightX + dy * lightY + dz * lightZ
  const latitude = Math.asin(Math.max(-1, Math.min(1, dy))) / Math.PI + 0.5
  const point = points.count
  points.count += 1
  points.at[point] = index * 4
  points.column[point] = (Math.atan2(dx, dz) / (Math.PI * 2) + 0.5) * mapWidth
  points.row[point] = Math.min(mapHeight - 1, Math.floor(latitude * mapHeight)) * mapWidth * 3
  points.light[point] = rampBetween(-0.12, 0.85, facing) * 1.08 + 0.012
  points.rim[point] = (1 - dz) ** 3 * rampBetween(-0.25, 0.6, facing) * 0.75
  points.cover[point] = cover * 255
}
