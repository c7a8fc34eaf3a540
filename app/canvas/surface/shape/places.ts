import type { CanvasChange, CanvasNode } from '#lib/contract/canvas/canvas'
import { type Rect, placeOf } from '#lib/contract/canvas/free-place'

type Nodes = ReadonlyMap<string, CanvasNode>

export interface Point {
  x: number
  y: number
}

/** What brings a node to a place on the canvas; nothing where it is there. */
export function moveTo(node: CanvasNode, to: Point, nodes: Nodes): CanvasChange[] {
  const from = placeOf(node, nodes)
  const fields = {
    x: Math.round(node.x + to.x - from.x),
    y: Math.round(node.y + to.y - from.y),
  }
  if (fields.x === node.x && fields.y === node.y) return []
  return [{ change: 'set', id: node.id, fields }]
}

/** The smallest rectangle around some; null around none. */
export function around(rects: readonly Rect[]): Rect | null {
  if (rects.length === 0) return null
  const x = Math.min(...rects.map((one) => one.x))
  const y = Math.min(...rects.map((one) => one.y))
  const right = Math.max(...rects.map((one) => one.x + one.width))
  const bottom = Math.max(...rects.map((one) => one.y + one.height))
  return { x, y, width: right - x, height: bottom - y }
}

export function middleOf({ x, y, width, height }: Rect): Point {
  return { x: x + width / 2, y: y + height / 2 }
}

export function holds(rect: Rect, { x, y }: Point) {
  return x >= rect.x && x <= rect.x + rect.width && y >= rect.y && y <= rect.y + rect.height
}

/** Of some nodes, those that are moved by themselves: not with a group of them. */
export function outermost(ids: ReadonlySet<string>, nodes: Nodes): CanvasNode[] {
  return [...ids].flatMap((id) => {
    const node = nodes.get(id)
    return node && !(node.groupId && ids.has(node.groupId)) ? [node] : []
  })
}

export type Direction = 'left' | 'right' | 'up' | 'down'

/** The nearest node in a direction: what lies aslant is twice as far. */
export function neighbour(
  from: CanvasNode,
  direction: Direction,
  candidates: readonly CanvasNode[],
  nodes: Nodes,
): CanvasNode | undefined {
  const start = middleOf(placeOf(from, nodes))
  const isAcross = direction === 'left' || direction === 'right'
  const sign = direction === 'right' || direction === 'down' ? 1 : -1
  const far = candidates.flatMap((node) => {
    const end = middleOf(placeOf(node, nodes))
    const along = sign * (isAcross ? end.x - start.x : end.y - start.y)
    const aside = Math.abs(isAcross ? end.y - start.y : end.x - start.x)
    return node.id !== from.id && along > 0 ? [{ node, far: along + 2 * aside }] : []
  })
  return far.toSorted((a, b) => a.far - b.far)[0]?.node
}
