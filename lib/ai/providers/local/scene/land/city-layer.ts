import type { Canvas } from '@napi-rs/canvas'
import { colorOf, cssOf, mixColors } from '../../color.ts'
import { enterDepth } from '../camera.ts'
import { paintGlow } from '../paint/pixels.ts'
import { drawSprite, paintSprite } from '../paint/sprite.ts'
import type { Layer, Moment, Stage } from '../stage.ts'
import type { Mirrored } from '../water/reflection.ts'
import { type CityRow, type Light, paintBuildings } from './city-buildings.ts'

export interface CityLayer extends Layer {
  /** For water that mirrors it. */
  sprites: Mirrored[]
}

const rows: CityRow[] = [
  { depth: 0.1, haze: 0.62, rise: 0.4, breadth: 0.06 },
  { depth: 0.2, haze: 0.34, rise: 0.5, breadth: 0.075 },
  { depth: 0.34, haze: 0.08, rise: 0.3, breadth: 0.095 },
]

/** A skyline in three rows, its windows lit by the hour; some go on and off, and masts blink. */
export function createCityLayer(stage: Stage): CityLayer {
  const built = rows.map((row, index) => {
    const lights: Light[] = []
    const random = stage.randomFor(`city ${index}`)
    const top = Math.max(0, stage.horizon - stage.unit * (row.rise * 1.35 + 0.12))
    const sprite = paintSprite(stage, top, stage.horizon, (context) =>
      paintBuildings(context, stage, row, random, lights),
    )
    return { sprite, lights, depth: row.depth }
  })
  const dome = createDome(stage)
  const glows = {
    window: paintGlow(stage.palette.lamp, Math.max(4, stage.unit * 0.008), 1, 2),
    beacon: paintGlow(colorOf('#ff4b3a'), Math.max(5, stage.unit * 0.011), 1, 2.4),
  }
  return {
    sprites: built,
    draw(context, moment) {
      dome?.draw(context, moment)
      for (const { sprite, lights, depth } of built) {
        enterDepth(context, stage, moment.camera, depth)
        drawSprite(context, sprite)
        drawLights(context, lights, glows, moment)
      }
    },
  }
}

function drawLights(
  context: Parameters<Layer['draw']>[0],
  lights: Light[],
  glows: Record<Light['kind'], Canvas>,
  { seconds }: Moment,
) {
  context.globalCompositeOperation = 'screen'
  for (const light of lights) {
    const wave = Math.sin(light.phase + seconds * (light.kind === 'beacon' ? 3.2 : 0.9))
    const strength =
      light.kind === 'beacon'
        ? Math.max(0, wave) ** 3
        : wave > 0.15
          ? Math.min(1, (wave - 0.15) * 6) * 0.85
          : 0
    if (strength <= 0.01) continue
    context.globalAlpha = strength
    const size = light.size
    context.drawImage(glows[light.kind], light.x - size, light.y - size, size * 2, size * 2)
  }
  context.globalAlpha = 1
  context.globalCompositeOperation = 'source-over'
}

/** The glow of a city in the air above it. */
function createDome(stage: Stage): Layer | null {
  const { palette, unit, width, height, horizon } = stage
  if (palette.darkness < 0.25) return null
  const color = mixColors(palette.lamp, palette.haze, 0.35)
  const sheet = paintSprite(stage, horizon - unit * 0.6, horizon, (context) => {
    const fill = context.createLinearGradient(0, horizon - unit * 0.6, 0, horizon)
    fill.addColorStop(0, cssOf(color, 0))
    fill.addColorStop(0.45, cssOf(color, 0.12 * palette.darkness))
    fill.addColorStop(0.8, cssOf(color, 0.42 * palette.darkness))
    fill.addColorStop(1, cssOf(color, 0.7 * palette.darkness))
    context.fillStyle = fill
    context.fillRect(-stage.margin, 0, width + stage.margin * 2, height)
  })
  return {
    draw(context, { camera }) {
      enterDepth(context, stage, camera, 0)
      drawSprite(context, sheet)
    },
  }
}
