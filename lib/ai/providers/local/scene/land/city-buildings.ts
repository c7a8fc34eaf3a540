import type { SKRSContext2D } from '@napi-rs/canvas'
import { type Color, colorOf, cssOf, mixColors, scaleColor } from '../../color.ts'
import type { Random } from '../../random.ts'
import type { Stage } from '../stage.ts'

export interface CityRow {
  depth: number
  /** How far distance fades its colour: 1 is all haze. */
  haze: number
  /** The tallest roofs over the ground, in shorter sides. */
  rise: number
  /** A usual building's width, in shorter sides. */
  breadth: number
}

/** A light that changes: a window, or a warning light on a mast. */
export interface Light {
  x: number
  y: number
  size: number
  phase: number
  kind: 'window' | 'beacon'
}

interface Building {
  x: number
  width: number
  top: number
  roof: 'flat' | 'step' | 'mast' | 'slope'
}

/** Paints one row of buildings, left to right, and notes the lights in it that change. */
export function paintBuildings(
  context: SKRSContext2D,
  stage: Stage,
  row: CityRow,
  random: Random,
  lights: Light[],
) {
  const { width, margin, unit } = stage
  for (let x = -margin - unit * 0.05; x < width + margin;) {
    const building = planBuilding(stage, row, random, x)
    paintBody(context, stage, row, building, random)
    paintRoof(context, stage, row, building, lights, random)
    paintWindows(context, stage, row, building, random, lights)
    x += building.width * (0.86 + random() * 0.3)
  }
}

function planBuilding(stage: Stage, row: CityRow, random: Random, x: number): Building {
  const { unit, width, horizon } = stage
  const breadth = unit * row.breadth * (0.6 + random() * 0.85)
  // Towers gather around a centre; a few stand out anywhere.
  const center = Math.exp(-(((x - width * 0.5) / (unit * 0.62)) ** 2))
  const rise = 0.22 + 0.5 * center * random() + 0.38 * random() ** 2.2
  const roofs = ['flat', 'flat', 'step', 'mast', 'slope'] as const
  return {
    x: Math.round(x),
    width: Math.round(breadth),
    top: Math.round(horizon - unit * row.rise * Math.min(1.2, rise)),
    roof: roofs[Math.floor(random() * roofs.length)]!,
  }
}

function bodyColor(stage: Stage, row: CityRow): Color {
  const { palette } = stage
  const air = mixColors(palette.haze, palette.horizon, 0.3)
  const wall = mixColors(palette.land, palette.upper, 0.16 + (1 - palette.darkness) * 0.2)
  return mixColors(wall, air, row.haze * (1 - palette.darkness * 0.35))
}

function paintBody(
  context: SKRSContext2D,
  stage: Stage,
  row: CityRow,
  building: Building,
  random: Random,
) {
  const { palette, sun, horizon } = stage
  const { x, width, top } = building
  const color = scaleColor(bodyColor(stage, row), 0.92 + random() * 0.16)
  const fill = context.createLinearGradient(0, top, 0, horizon)
  fill.addColorStop(0, cssOf(color))
  fill.addColorStop(
    1,
    cssOf(mixColors(color, mixColors(palette.haze, palette.lamp, palette.darkness * 0.3), 0.3)),
  )
  context.fillStyle = fill
  context.fillRect(x, top, width, horizon - top)
  // The side that faces the sun, and the one that does not.
  const isSunLeft = sun.x < x
  const lit = mixColors(color, palette.glow, 0.3 * (1 - palette.darkness * 0.75))
  const edge = Math.max(1, Math.round(width * 0.24))
  context.fillStyle = cssOf(lit, 0.55)
  context.fillRect(isSunLeft ? x : x + width - edge, top, edge, horizon - top)
}

function paintRoof(
  context: SKRSContext2D,
  stage: Stage,
  row: CityRow,
  { x, width, top, roof }: Building,
  lights: Light[],
  random: Random,
) {
  const { unit } = stage
  context.fillStyle = cssOf(bodyColor(stage, row))
  const rise = unit * row.rise * 0.07
  if (roof === 'step') context.fillRect(x + width * 0.2, top - rise, width * 0.6, rise + 1)
  if (roof === 'slope') {
    context.beginPath()
    context.moveTo(x, top + 1)
    context.lineTo(x + width * (random() < 0.5 ? 0.02 : 0.98), top - rise * 1.4)
    context.lineTo(x + width, top + 1)
    context.fill()
  }
  if (roof !== 'mast') return
  const mast = rise * (1.4 + random())
  context.fillRect(x + width / 2 - unit * 0.001, top - mast, Math.max(1, unit * 0.002), mast)
  if (stage.palette.darkness > 0.2) {
    lights.push({
      x: x + width / 2,
      y: top - mast,
      size: unit * 0.011,
      phase: random() * 7,
      kind: 'beacon',
    })
  }
}

function paintWindows(
  context: SKRSContext2D,
  stage: Stage,
  row: CityRow,
  { x, width, top }: Building,
  random: Random,
  lights: Light[],
) {
  const { palette, unit, horizon } = stage
  const pitch = Math.max(3, unit * (0.0055 + row.breadth * 0.05))
  const [paneWidth, paneHeight] = [pitch * 0.52, pitch * 0.62]
  const inhabited = (0.16 + random() * 0.34) * (0.2 + palette.darkness * 0.8)
  const glass = mixColors(bodyColor(stage, row), palette.lower, 0.3)
  const changing = 0.012 * palette.darkness
  for (let y = top + pitch; y < horizon - pitch; y += pitch * 1.25) {
    // Offices keep whole floors lit.
    const floor = random() < 0.08 ? 0.9 : inhabited
    for (let at = x + pitch * 0.6; at < x + width - pitch * 0.9; at += pitch) {
      const isLit = random() < floor && palette.darkness > 0.1
      const strength = 1 - row.haze * 0.6
      context.fillStyle = isLit
        ? cssOf(lampColor(palette.lamp, random), (0.45 + random() * 0.55) * strength)
        : cssOf(glass, 0.5 * (1 - palette.darkness * 0.7))
      context.fillRect(at, y, paneWidth, paneHeight)
      if (random() < changing) {
        lights.push({
          x: at + paneWidth / 2,
          y: y + paneHeight / 2,
          size: pitch * 0.9,
          phase: random() * 7,
          kind: 'window',
        })
      }
    }
  }
}

/** Most windows are warm, some are cool, a few are neon. */
function lampColor(lamp: Color, random: Random): Color {
  const chance = random()
  if (chance < 0.76) return mixColors(lamp, colorOf('#fff1d8'), random() * 0.5)
  if (chance < 0.94) return colorOf('#cfe6ff')
  return colorOf(chance < 0.97 ? '#ff6fb5' : '#58e6e0')
}
