import { placeOf } from '#lib/contract/canvas/free-place'
import type { CanvasChange, CanvasNode } from '#lib/contract/canvas/canvas'
import type { CanvasState } from '#lib/delivery/canvas/canvas-doc'
import { around, moveTo, outermost } from '../shape/places.ts'

const gaps = { nodesep: 48, ranksep: 100, edgesep: 16 }

/**
 * Puts nodes from left to right as they follow each other; groups stay whole. Their common corner stays where it is.
 * What lays out is loaded when first wanted.
 */
export async function layOut(
  ids: ReadonlySet<string>,
  { nodes, edges }: Pick<CanvasState, 'nodes' | 'edges'>,
): Promise<CanvasChange[]> {
  const { graphlib, layout } = await import('@dagrejs/dagre')
  // What is in a group goes with it.
  const chosen = outermost(ids, nodes).filter(({ groupId }) => groupId === null)
  const inside = new Set(chosen.map(({ id }) => id))
  const graph = new graphlib.Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'LR', ...gaps })
  for (const { id, width, height } of chosen) graph.setNode(id, { width, height })
  const outer = (id: string) => nodes.get(id)?.groupId ?? id
  for (const edge of edges.values()) {
    const [source, target] = [outer(edge.source), outer(edge.target)]
    if (source !== target && inside.has(source) && inside.has(target))
      graph.setEdge(source, target, {}, edge.id)
  }
  layout(graph)
  return toPlaces(chosen, (id) => graph.node(id) as { x: number; y: number }, nodes)
}

function toPlaces(
  chosen: readonly CanvasNode[],
  middleAt: (id: string) => { x: number; y: number },
  nodes: CanvasState['nodes'],
) {
  const placed = chosen.map((node) => {
    const { x, y } = middleAt(node.id)
    return { ...node, x: x - node.width / 2, y: y - node.height / 2 }
  })
  const before = around(chosen.map((node) => placeOf(node, nodes)))
  const after = around(placed)
  if (!before || !after) return []
  return placed.flatMap(({ id, x, y }) =>
    moveTo(nodes.get(id)!, { x: x + before.x - after.x, y: y + before.y - after.y }, nodes),
  )
}
