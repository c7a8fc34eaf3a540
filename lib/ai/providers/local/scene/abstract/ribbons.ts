import { createCanvas } from '@napi-rs/canvas'
import { type Color, mixColors, rgbOf } from '../../color.ts'
import type { Random } from '../../random.ts'
import type { Layer, Stage } from '../stage.ts'

export interface AbstractColors {
  ground: Color
  lights: [Color, Color, Color]
}

/** Frame pixels to one of the grid the threads are drawn on: silk is soft. */
const coarseness = 2
/** Threads of one ribbon; where they run close together the ribbon shines. */
const threads = 40
/** How much light one thread adds, of 1. */
const threadLight = 0.19

interface Ribbon {
  level: number
  swing: number
  breadth: number
  frequency: number
  pace: number
  phase: number
  twist: number
  /** Red, green and blue of every thread. */
  colors: Float32Array
}

/** A grid of pixels that light is added to, traversed along the frame's longer side. */
interface Grid {
  data: Uint8ClampedArray
  along: number
  across: number
  /** Bytes from one pixel to the next, along and across. */
  alongStride: number
  acrossStride: number
}

/** The offset of every thread from its ribbon's middle, and the sine and cosine of its lag in the twist. */
const offsets = Array.from({ length: threads }, (_, thread) => {
  const offset = thread / (threads - 1) - 0.5
  return { offset, sine: Math.sin(offset * 0.9), cosine: Math.cos(offset * 0.9) }
})

/**
 * Ribbons of fine threads that wave and twist along the frame, brighter where they fold. The threads are added pixel
 * by pixel, 1 to 2 ms at 720p; stroked as paths they took 14.
 */
export function createRibbons(stage: Stage, colors: AbstractColors, random: Random): Layer {
  const { width, height } = stage
  const canvas = createCanvas(Math.ceil(width / coarseness), Math.ceil(height / coarseness))
  const own = canvas.getContext('2d')
  const image = own.createImageData(canvas.width, canvas.height)
  const blank = new Uint32Array(image.data.buffer)
  const grid = gridOf(image.data, canvas.width, canvas.height)
  const ribbons = [0, 1, 2].map((index) => planRibbon(colors, index, random))
  return {
    draw(context, { seconds, camera }) {
      // Opaque black, which adds nothing.
      blank.fill(0xff000000)
      for (const ribbon of ribbons) addRibbon(grid, ribbon, seconds, camera)
      own.putImageData(image, 0, 0)
      context.resetTransform()
      context.globalCompositeOperation = 'lighter'
      context.drawImage(canvas, 0, 0, width, height)
      context.globalCompositeOperation = 'source-over'
    },
  }
}

function gridOf(data: Uint8ClampedArray, width: number, height: number): Grid {
  const isUpright = height > width
  return {
    data,
    along: isUpright ? height : width,
    across: isUpright ? width : height,
    alongStride: isUpright ? width * 4 : 4,
    acrossStride: isUpright ? 4 : width * 4,
  }
}

function planRibbon({ lights }: AbstractColors, index: number, random: Random): Ribbon {
  const colors = new Float32Array(threads * 3)
  for (let thread = 0; thread < threads; thread += 1) {
    const share = thread / (threads - 1)
    const mixed = mixColors(lights[index]!, lights[(index + 1) % 3]!, share)
    const rgb = rgbOf(mixColors(mixed, { l: 1, a: 0, b: 0 }, 0.3 * share))
    colors.set(
      rgb.map((channel) => channel * threadLight),
      thread * 3,
    )
  }
  return {
    level: 0.28 + index * 0.22 + (random() - 0.5) * 0.12,
    swing: 0.1 + random() * 0.12,
    breadth: 0.13 + random() * 0.14,
    frequency: 0.8 + random() * 0.8,
    pace: (0.35 + random() * 0.35) * (random() < 0.5 ? -1 : 1),
    phase: random() * Math.PI * 2,
    twist: 0.8 + random() * 1.1,
    colors,
  }
}

function addRibbon(
  grid: Grid,
  ribbon: Ribbon,
  seconds: number,
  camera: { x: number; zoom: number },
) {
  const { level, swing, breadth, frequency, pace, phase, twist } = ribbon
  for (let place = 0; place < grid.along; place += 1) {
    const t = 0.5 + (place / grid.along - 0.5) / camera.zoom + camera.x * 0.3
    const turn = t * Math.PI * 2 * frequency + seconds * pace + phase
    const wave = Math.sin(turn) * swing + Math.sin(turn * 0.53 + 2) * swing * 0.6
    const middle = (0.5 + (level + wave - 0.5) * camera.zoom) * grid.across
    // The ribbon turns over as it goes: where its threads cross, it shows its edge.
    const twisted = turn * twist * 0.5 + seconds * 0.3
    addThreads(grid, ribbon.colors, place * grid.alongStride, {
      middle,
      reach: breadth * grid.across * camera.zoom,
      sine: Math.sin(twisted),
      cosine: Math.cos(twisted),
    })
  }
}

function addThreads(
  { data, across, acrossStride }: Grid,
  colors: Float32Array,
  start: number,
  cut: { middle: number; reach: number; sine: number; cosine: number },
) {
  for (let thread = 0; thread < threads; thread += 1) {
    const { offset, sine, cosine } = offsets[thread]!
    const open = cut.sine * cosine + cut.cosine * sine
    const place = cut.middle + offset * cut.reach * open
    const whole = Math.floor(place)
    if (whole < 1 || whole >= across - 1) continue
    // A quadratic spline over three pixels: soft, and the same light wherever the thread lies between them.
    const part = place - whole
    const before = 0.5 * (1 - part) * (1 - part)
    const after = 0.5 * part * part
    let at = start + (whole - 1) * acrossStride
    addLight(data, at, colors, thread, before)
    addLight(data, (at += acrossStride), colors, thread, 1 - before - after)
    addLight(data, at + acrossStride, colors, thread, after)
  }
}

function addLight(
  data: Uint8ClampedArray,
  at: number,
  colors: Float32Array,
  thread: number,
  light: number,
) {
  data[at] = data[at]! + colors[thread * 3]! * light
  data[at + 1] = data[at + 1]! + colors[thread * 3 + 1]! * light
  data[at + 2] = data[at + 2]! + colors[thread * 3 + 2]! * light
}
