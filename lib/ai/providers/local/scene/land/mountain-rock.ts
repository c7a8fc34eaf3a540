import type { SKRSContext2D } from '@napi-rs/canvas'
import { type Color, mixColors, rgbOf, scaleColor } from '../../color.ts'
import { fractal, type Noise, ridged } from '../paint/noise.ts'
import { clamp01, paintPixels, rampBetween } from '../paint/pixels.ts'
import type { Stage } from '../stage.ts'

interface Rock {
  haze: number
  foot: number
  rise: number
  frequency: number
  top: number
  lineAt(x: number): number
}

const white: Color = { l: 0.97, a: 0, b: -0.005 }

/** Light, shadow and snow on a ridge that is already painted; stays inside its outline. */
export function paintRock(context: SKRSContext2D, stage: Stage, noise: Noise, rock: Rock) {
  const { width, margin, unit } = stage
  const cell = Math.max(1, unit / 480)
  const columns = Math.ceil((width + margin * 2) / cell)
  const lines = Float32Array.from({ length: columns }, (_, x) => rock.lineAt(x * cell - margin))
  const shade = rockShader(stage, noise, rock)
  const sheet = paintPixels(columns, Math.ceil((rock.foot - rock.top) / cell), (pixel, x, y) => {
    const at = { x: x * cell - margin, y: rock.top + y * cell }
    const below = at.y - lines[x]!
    if (below < -2 * cell) pixel[3] = 0
    else shade(pixel, at, Math.max(0, below))
  })
  context.save()
  context.globalCompositeOperation = 'source-atop'
  context.drawImage(sheet, -margin, rock.top, sheet.width * cell, sheet.height * cell)
  context.restore()
}

function rockShader(stage: Stage, noise: Noise, rock: Rock) {
  const { width, palette, sun, unit, has } = stage
  const air = mixColors(palette.haze, palette.horizon, 0.35)
  const lightSide = mixColors(mixColors(palette.land, palette.glow, 0.62), air, rock.haze)
  const darkSide = mixColors(scaleColor(palette.land, 0.95), air, rock.haze * 0.96)
  const snowLight = mixColors(
    mixColors(white, palette.glow, 0.3 + palette.darkness * 0.25),
    air,
    rock.haze * 0.55,
  )
  const snowDark = mixColors(mixColors(palette.upper, white, 0.38), air, rock.haze * 0.6)
  const side = sun.x > width / 2 ? 0.06 : -0.06
  const dimmed = 1 - palette.darkness * 0.42
  const snowLine = has('snow') ? 1.1 : 0.46
  return (pixel: [number, number, number, number], at: { x: number; y: number }, below: number) => {
    const across = (at.x / unit) * rock.frequency * 3.2
    const down = (below / unit) * rock.frequency * 2
    // Spurs run down from the crest, so the noise is stretched along the slope.
    const spur = (x: number) => ridged(noise, x + fractal(noise, x, down * 1.5, 2) * 0.5, down, 4)
    const light = clamp01(0.5 + (spur(across) - spur(across + side)) * 7)
    const height = (rock.foot - at.y) / rock.rise
    const snow = rampBetween(
      1 - snowLine - 0.05,
      1 - snowLine + 0.14,
      height + fractal(noise, across * 1.4, down * 2, 2) * 0.35,
    )
    const stone = mixColors(darkSide, lightSide, light)
    const white = scaleColor(mixColors(snowDark, snowLight, light), dimmed)
    const [red, green, blue] = rgbOf(mixColors(stone, white, snow * 0.9))
    pixel[0] = red
    pixel[1] = green
    pixel[2] = blue
    pixel[3] = 255 * rampBetween(0, 0.34, height)
  }
}
