import { cssOf, mixColors } from '../color.ts'
import type { Random } from '../random.ts'
import type { Layer } from './layer.ts'
import type { Stage } from './stage.ts'

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
