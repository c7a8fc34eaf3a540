import { cssOf, mixColors } from '../../color.ts'
import { enterDepth } from '../camera.ts'
import { paintGlow } from '../paint/pixels.ts'
import { drawSprite, paintSprite } from '../paint/sprite.ts'
import type { Layer, Stage } from '../stage.ts'

interface Star {
  x: number
  y: number
  size: number
  phase: number
  pace: number
}

/**
 * Stars: a still field of small ones, and some that twinkle. Over a horizon they thin out towards it; deep space is
 * full of them. `richness` 1 is a clear night.
 */
export function createStarsLayer(stage: Stage, richness: number): Layer {
  const bottom = stage.isDeepSpace ? stage.height : stage.horizon
  const stars = scatter(stage, bottom, richness)
  const field = paintSprite(stage, 0, bottom, (context) => {
    for (const star of stars.small) {
      const fade = stage.isDeepSpace ? 1 : 1 - (star.y / bottom) ** 3
      context.fillStyle = cssOf({ l: 0.98, a: 0, b: star.pace - 0.02 }, fade * star.phase)
      context.beginPath()
      context.arc(star.x, star.y, star.size, 0, Math.PI * 2)
      context.fill()
    }
  })
  const light = mixColors(stage.palette.glow, { l: 1, a: 0, b: 0 }, 0.75)
  const glow = paintGlow(light, Math.max(6, stage.unit * 0.012), 1, 4)
  return {
    draw(context, { camera, seconds }) {
      enterDepth(context, stage, camera, 0)
      context.globalAlpha = Math.min(1, richness)
      drawSprite(context, field)
      for (const star of stars.bright) {
        context.globalAlpha =
          Math.min(1, richness) * (0.55 + 0.45 * Math.sin(star.phase + seconds * star.pace))
        context.drawImage(
          glow,
          star.x - star.size,
          star.y - star.size,
          star.size * 2,
          star.size * 2,
        )
      }
      context.globalAlpha = 1
    },
  }
}

function scatter({ width, unit, margin, randomFor }: Stage, bottom: number, richness: number) {
  const random = randomFor('stars')
  const area = ((width + margin * 2) * bottom) / (unit * unit)
  const place = () => ({
    x: random() * (width + margin * 2) - margin,
    y: random() * bottom,
  })
  const small = Array.from({ length: Math.round(area * 420 * richness) }, (): Star => ({
    ...place(),
    size: unit * (0.0006 + 0.0009 * random() ** 3),
    phase: 0.15 + 0.85 * random() ** 2,
    pace: (random() - 0.4) * 0.1,
  }))
  const bright = Array.from({ length: Math.round(area * 26 * richness) }, (): Star => {
    const at = place()
    const fade = Math.max(0.3, 1 - (at.y / bottom) ** 2)
    return {
      ...at,
      size: Math.max(1.5, unit * (0.003 + 0.007 * random() ** 3)) * fade,
      phase: random() * Math.PI * 2,
      pace: 0.8 + random() * 2.4,
    }
  })
  return { small, bright }
}
