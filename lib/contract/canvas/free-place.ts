import type { CanvasNode } from './canvas.ts'

/** A rectangle of a canvas. */
export interface Rect {
  x: number
  y: number
  width: number
  height: number
}

const besidePx = 100
const belowPx = 40

/**
 * Where something of a size goes that is made by what is at `from`: to its right, at its top or as far below as nothing
 * is there yet. Never over another.
 */
export function freePlace(
  from: Rect,
  size: Pick<Rect, 'width' | 'height'>,
  others: readonly Rect[],
): { x: number; y: number } {
  const x = from.x + from.width + besidePx
  return { x, y: freeBelow({ ...size, x, y: from.y }, others) }
}

/** How far down a rectangle goes until nothing is there: not at all where that is so already. Never over another. */
export function freeBelow({ x, y: top, ...size }: Rect, others: readonly Rect[]): number {
  const inColumn = others
    .filter((other) => other.x < x + size.width && x < other.x + other.width)
    .toSorted((a, b) => a.y - b.y)
  let y = top
  for (const other of inColumn)
    if (y < other.y + other.height + belowPx && other.y < y + size.height + belowPx)
      y = other.y + other.height + belowPx
  return y
}

/** The nearest place to a wanted one, straight below, above, right or left of it, where nothing is. Never over another. */
export function freeNear(wanted: Rect, others: readonly Rect[]): { x: number; y: number } {
  const places = ways.map(({ turn, back }) => {
    const turned = turn(wanted)
    return back({ ...turned, y: freeBelow(turned, others.map(turn)) })
  })
  const far = ({ x, y }: Rect) => Math.abs(x - wanted.x) + Math.abs(y - wanted.y)
  const { x, y } = places.toSorted((a, b) => far(a) - far(b))[0]!
  return { x, y }
}

const same = (rect: Rect): Rect => rect
const upsideDown = ({ x, y, ...size }: Rect): Rect => ({ x, y: -y - size.height, ...size })
const swapped = ({ x, y, width, height }: Rect): Rect => ({
  x: y,
  y: x,
  width: height,
  height: width,
})

// Each direction is down on a canvas that is turned so.
const ways = [
  { turn: same, back: same },
  { turn: upsideDown, back: upsideDown },
  { turn: swapped, back: swapped },
  {
    turn: (rect: Rect) => upsideDown(swapped(rect)),
    back: (rect: Rect) => swapped(upsideDown(rect)),
  },
]

/** Where all nodes of a canvas are: what is in the way of something new. */
export function placesOf(nodes: ReadonlyMap<string, CanvasNode>): Rect[] {
  return [...nodes.values()].map((node) => placeOf(node, nodes))
}

/** Where a node is on the canvas, in a group or not. */
export function placeOf(node: CanvasNode, nodes: ReadonlyMap<string, CanvasNode>): Rect {
  const group = node.groupId === null ? undefined : nodes.get(node.groupId)
  const { x, y, width, height } = node
  return { x: x + (group?.x ?? 0), y: y + (group?.y ?? 0), width, height }
}
