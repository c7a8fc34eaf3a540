import { cssOf, mixColors, rgbOf } from '../color.ts'
import type { Random } from '../random.ts'
import { shiftAt } from './camera.ts'
import { createNoise, fractal } from './paint/noise.ts'
import { paintGlow, paintPixels, rampBetween } from './paint/pixels.ts'
import type { Layer, Stage } from './stage.ts'

/** The noise's period along x, so that a bank of fog can drift without an end. */
const period = 8

/** Two banks of fog that drift past each other over the lower half of the picture. */
export function createFogLayer(stage: Stage): Layer {
  const { width, height, unit, horizon, palette } = stage
  const [red, green, blue] = rgbOf(mixColors(palette.haze, palette.horizon, 0.5))
  const top = horizon - unit * 0.22
  const rows = 96
  const columns = 384
  const banks = [0, 1].map((bank) => {
    const noise = createNoise(stage.randomFor(`fog ${bank}`), period)
    return paintPixels(columns, rows, (pixel, x, y) => {
      const down = y / rows
      const body = rampBetween(
        -0.3,
        0.5,
        fractal(noise, (x / columns) * period, down * 3, 1) +
          noise((x / columns) * period * 2, down * 6) * 0.25,
      )
      pixel[0] = red
      pixel[1] = green
      pixel[2] = blue
      pixel[3] = 255 * 0.62 * body * rampBetween(0, 0.35, down) * rampBetween(1.15, 0.5, down)
    })
  })
  const length = unit * 2.6
  return {
    draw(context, { camera, seconds }) {
      context.resetTransform()
      banks.forEach((bank, index) => {
        const speed = (index === 0 ? 0.03 : -0.021) * unit
        const way = shiftAt(stage, camera, 0.3 + index * 0.3) + seconds * speed
        for (let x = (((way % length) + length) % length) - length; x < width; x += length) {
          context.drawImage(bank, x, top + index * unit * 0.12, length + 1, height - top)
        }
      })
    },
  }
}

interface Sheet {
  /** In shorter sides. */
  length: number
  /** Shorter sides a second. */
  speed: number
  thickness: number
  alpha: number
  drops: { x: number; y: number; pace: number }[]
}

const lean = -0.12

/** Rain in three distances: fine and slow far away, long and fast before the lens. */
export function createRainLayer(stage: Stage): Layer {
  const { width, height, unit, palette } = stage
  const random = stage.randomFor('rain')
  const area = (width * height) / (unit * unit)
  const sheets: Sheet[] = [
    {
      length: 0.028,
      speed: 1.3,
      thickness: 0.0011,
      alpha: 0.2,
      drops: scatter(random, area * 190),
    },
    {
      length: 0.055,
      speed: 2.1,
      thickness: 0.0016,
      alpha: 0.24,
      drops: scatter(random, area * 90),
    },
    { length: 0.11, speed: 3.2, thickness: 0.0024, alpha: 0.2, drops: scatter(random, area * 26) },
  ]
  const color = mixColors(palette.horizon, { l: 0.97, a: 0, b: -0.01 }, 0.6)
  return {
    draw(context, { seconds }) {
      context.resetTransform()
      context.lineCap = 'round'
      for (const sheet of sheets) {
        const length = sheet.length * unit
        const span = height + length * 2
        context.strokeStyle = cssOf(color, sheet.alpha)
        context.lineWidth = Math.max(0.8, sheet.thickness * unit)
        context.beginPath()
        for (const drop of sheet.drops) {
          const fallen = drop.y * span + seconds * sheet.speed * unit * drop.pace
          const y = (fallen % span) - length
          const wide = width * 1.3
          const x = ((drop.x * wide + lean * fallen + wide * 40) % wide) - width * 0.15
          context.moveTo(x, y)
          context.lineTo(x + lean * length, y + length)
        }
        context.stroke()
      }
    },
  }
}

function scatter(random: Random, count: number) {
  return Array.from({ length: Math.round(count) }, () => ({
    x: random(),
    y: random(),
    pace: 0.85 + random() * 0.3,
  }))
}

interface Flake {
  x: number
  y: number
  depth: number
  size: number
  phase: number
  sway: number
}

/** Snow: small flakes far away, soft blurred ones before the lens, all of them swaying down. */
export function createSnowLayer(stage: Stage): Layer {
  const { width, height, unit, palette } = stage
  const random = stage.randomFor('snow')
  const count = Math.round(((width * height) / (unit * unit)) * 230)
  const flakes = Array.from({ length: count }, (): Flake => {
    const depth = random() ** 2.6
    return {
      x: random(),
      y: random(),
      depth,
      size: unit * (0.0035 + depth * 0.02),
      phase: random() * Math.PI * 2,
      sway: 0.4 + random() * 0.9,
    }
  })
  const white = mixColors({ l: 1, a: 0, b: 0 }, palette.upper, palette.darkness * 0.18)
  const soft = paintGlow(white, Math.max(6, unit * 0.016), 1, 1.4)
  return {
    draw(context, { camera, seconds }) {
      context.resetTransform()
      for (const flake of flakes) {
        const speed = (0.05 + flake.depth * 0.2) * unit
        const span = height + flake.size * 2
        const y = ((flake.y * span + seconds * speed) % span) - flake.size
        const drift =
          Math.sin(seconds * flake.sway + flake.phase) * unit * (0.006 + flake.depth * 0.02)
        const wide = width + unit * 0.2
        const way =
          flake.x * wide + drift + seconds * speed * 0.25 + shiftAt(stage, camera, flake.depth)
        const x = (((way % wide) + wide) % wide) - unit * 0.1
        context.globalAlpha = 0.85 - flake.depth * 0.45
        context.drawImage(soft, x - flake.size / 2, y, flake.size, flake.size)
      }
      context.globalAlpha = 1
    },
  }
}
