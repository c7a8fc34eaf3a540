import type { SKRSContext2D } from '@napi-rs/canvas'
import { type Color, cssOf } from '../../color.ts'
import type { Random } from '../../random.ts'

export interface Pine {
  x: number
  foot: number
  size: number
  color: Color
  /** The colour of the snow on its branches; null for none. */
  snow: Color | null
}

/** A pine as a ragged silhouette: tiers of branches, each a little wider than the one above. */
export function paintPine(context: SKRSContext2D, pine: Pine, random: Random) {
  const { x, foot, size, color, snow } = pine
  const tiers = Math.max(5, Math.min(13, Math.round(size / 14)))
  const spread = size * (0.17 + random() * 0.07)
  const left: [number, number][] = []
  const right: [number, number][] = []
  for (let tier = 1; tier <= tiers; tier += 1) {
    const share = tier / tiers
    const y = foot - size + size * 0.92 * share
    const notch = y - (size / tiers) * 0.12
    for (const [side, points] of [
      [-1, left],
      [1, right],
    ] as const) {
      const reach = spread * share ** 0.9 * (0.72 + random() * 0.45)
      points.push([x + side * reach, y + (random() - 0.3) * (size / tiers) * 0.3])
      points.push([x + side * reach * 0.42, notch])
    }
  }
  context.fillStyle = cssOf(color)
  context.beginPath()
  context.moveTo(x, foot - size)
  for (const [px, py] of left) context.lineTo(px, py)
  context.lineTo(x - size * 0.012, foot)
  context.lineTo(x + size * 0.012, foot)
  for (const [px, py] of right.toReversed()) context.lineTo(px, py)
  context.closePath()
  context.fill()
  if (snow) paintSnow(context, pine, left, right, snow)
}

/** Snow lies on the upper edge of every branch. */
function paintSnow(
  context: SKRSContext2D,
  { x, foot, size }: Pine,
  left: [number, number][],
  right: [number, number][],
  snow: Color,
) {
  context.strokeStyle = cssOf(snow, 0.8)
  context.lineWidth = Math.max(0.7, size * 0.012)
  context.lineCap = 'round'
  context.beginPath()
  for (const points of [left, right]) {
    let from: [number, number] = [x, foot - size]
    points.forEach((to, index) => {
      if (index % 2 === 0) {
        context.moveTo(from[0] + (to[0] - from[0]) * 0.15, from[1] + (to[1] - from[1]) * 0.15)
        context.lineTo(from[0] + (to[0] - from[0]) * 0.92, from[1] + (to[1] - from[1]) * 0.86)
      }
      from = to
    })
  }
  context.stroke()
}

/** The trunk of a tree too near to see its top, with a few bare branches. */
export function paintTrunk(
  context: SKRSContext2D,
  trunk: { x: number; top: number; foot: number; width: number; color: Color },
  random: Random,
) {
  const { x, top, foot, width, color } = trunk
  const lean = (random() - 0.5) * width * 2.4
  context.fillStyle = cssOf(color)
  context.strokeStyle = cssOf(color)
  context.beginPath()
  context.moveTo(x - width * 0.36 + lean, top)
  context.quadraticCurveTo(x - width * 0.4, foot * 0.7, x - width * 0.95, foot)
  context.lineTo(x + width * 0.95, foot)
  context.quadraticCurveTo(x + width * 0.4, foot * 0.7, x + width * 0.36 + lean, top)
  context.fill()
  context.lineCap = 'round'
  for (let branch = 0; branch < 7; branch += 1) {
    const y = foot * (0.04 + random() * 0.55)
    const side = random() < 0.5 ? -1 : 1
    const reach = width * (2 + random() * 4.5)
    context.lineWidth = width * (0.06 + random() * 0.1)
    context.beginPath()
    context.moveTo(x + lean * (1 - y / foot), y)
    context.quadraticCurveTo(
      x + side * reach * 0.5,
      y + reach * 0.05,
      x + side * reach,
      y + reach * (0.18 + random() * 0.2),
    )
    context.stroke()
  }
}
