import { createCanvas } from '@napi-rs/canvas'
import { type Color, colorOf, mixColors, rgbOf, scaleColor } from '../../color.ts'
import type { Random } from '../../random.ts'
import { paintGlow } from '../paint/pixels.ts'
import type { Layer, Stage } from '../stage.ts'
import { type AbstractColors, createRibbons } from './ribbons.ts'

/** Colours that go well together: a ground and three lights. */
const schemes = [
  ['#0b1030', '#2f6fe4', '#b44fe0', '#25c4e8'],
  ['#1a0b24', '#e0476b', '#f5a25a', '#8440d6'],
  ['#06201f', '#1fb8b0', '#b8e86a', '#2f6fe4'],
  ['#150a1e', '#f2739b', '#ffb86b', '#6a5af0'],
  ['#0a1420', '#4d8df0', '#8ff0e0', '#f0e6c8'],
  ['#1c1208', '#f2a23a', '#e0562f', '#f7dc8a'],
]

/**
 * The scene of a prompt that names no place: slow lights that flow into each other, and ribbons of silk in front.
 * Colours and movement are seeded by the text.
 */
export function createAbstractLayer(stage: Stage): Layer {
  const random = stage.randomFor('abstract')
  const colors = colorsOf(stage, random)
  const lights = createLights(stage, colors, random)
  const ribbons = createRibbons(stage, colors, random)
  return {
    draw(context, moment) {
      lights.draw(context, moment)
      ribbons.draw(context, moment)
    },
  }
}

function colorsOf({ plan }: Stage, random: Random): AbstractColors {
  const [ground, ...lights] = schemes[Math.floor(random() * schemes.length)]!.map(colorOf) as [
    Color,
    Color,
    Color,
    Color,
  ]
  const tints = plan.tints.map(colorOf)
  const [first, second, third] = tints
  if (!first) return { ground, lights }
  return {
    ground: scaleColor({ ...first, l: Math.min(first.l, 0.5) }, 0.42, 0.5),
    lights: [
      first,
      second ?? mixColors(first, lights[1], 0.4),
      third ?? mixColors(first, { l: 0.95, a: 0, b: 0 }, 0.5),
    ],
  }
}

/** Frame pixels to one of the canvas the lights are mixed on: they are blurred anyway. */
const coarseness = 4

function createLights({ width, height }: Stage, colors: AbstractColors, random: Random): Layer {
  const small = createCanvas(Math.ceil(width / coarseness), Math.ceil(height / coarseness))
  const own = small.getContext('2d')
  const reach = Math.hypot(small.width, small.height)
  const ground = rgbOf(colors.ground).map(Math.round)
  const blobs = Array.from({ length: 7 }, (_, index) => ({
    glow: paintGlow(colors.lights[index % 3]!, reach * (0.26 + random() * 0.16), 0.62, 1.7),
    x: random(),
    y: random(),
    wayX: 0.14 + random() * 0.2,
    wayY: 0.12 + random() * 0.2,
    pace: 0.22 + random() * 0.3,
    phase: random() * Math.PI * 2,
  }))
  return {
    draw(context, { seconds, camera }) {
      own.globalCompositeOperation = 'source-over'
      own.fillStyle = `rgb(${ground.join(',')})`
      own.fillRect(0, 0, small.width, small.height)
      own.globalCompositeOperation = 'screen'
      for (const blob of blobs) {
        const turn = seconds * blob.pace + blob.phase
        const x = (blob.x + Math.sin(turn) * blob.wayX - camera.x * 0.3) * small.width
        const y = (blob.y + Math.cos(turn * 0.8) * blob.wayY) * small.height
        own.drawImage(blob.glow, x - blob.glow.width / 2, y - blob.glow.height / 2)
      }
      context.resetTransform()
      context.drawImage(small, 0, 0, width, height)
    },
  }
}
