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
