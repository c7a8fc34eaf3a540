import { placeOf, type Rect } from '#lib/contract/canvas/free-place'
import type { CanvasChange, CanvasNode } from '#lib/contract/canvas/canvas'
import { around, moveTo, outermost } from '../shape/places.ts'

export type Edge = 'left' | 'center' | 'right' | 'top' | 'middle' | 'bottom'

type Nodes = ReadonlyMap<string, CanvasNode>

/** Brings the same edge of some nodes onto one line: that of the rectangle around them. */
export function align(ids: ReadonlySet<string>, edge: Edge, nodes: Nodes): CanvasChange[] {
  const chosen = outermost(ids, nodes)
  const frame = around(chosen.map((node) => placeOf(node, nodes)))
  if (!frame || chosen.length < 2) return []
  return chosen.flatMap((node) => {
    const rect = placeOf(node, nodes)
    return moveTo(node, { ...rect, ...lineUp(rect, frame, edge) }, nodes)
  })
}

function lineUp({ width, height }: Rect, frame: Rect, edge: Edge) {
  if (edge === 'left') return { x: frame.x }
  if (edge === 'center') return { x: frame.x + (frame.width - width) / 2 }
  if (edge === 'right') return { x: frame.x + frame.width - width }
  if (edge === 'top') return { y: frame.y }
  if (edge === 'middle') return { y: frame.y + (frame.height - height) / 2 }
  return { y: frame.y + frame.height - height }
}

/** Makes the gaps between three and more nodes equal; the outer two stay. */
export function distribute(
  ids: ReadonlySet<string>,
  way: 'across' | 'down',
  nodes: Nodes,
): CanvasChange[] {
  const [start, size] = way === 'across' ? (['x', 'width'] as const) : (['y', 'height'] as const)
  const row = outermost(ids, nodes)
    .map((node) => ({ node, rect: placeOf(node, nodes) }))
    .toSorted((a, b) => a.rect[start] - b.rect[start])
  const frame = around(row.map(({ rect }) => rect))
  if (!frame || row.length < 3) return []
  const filled = row.reduce((sum, { rect }) => sum + rect[size], 0)
  const gap = (frame[size] - filled) / (row.length - 1)
  let at = frame[start]
  return row.flatMap(({ node, rect }) => {
    const to = { ...rect, [start]: at }
    at += rect[size] + gap
    return moveTo(node, to, nodes)
  })
}
