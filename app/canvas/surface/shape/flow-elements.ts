import { type Edge, type Node, Position } from '@xyflow/react'
import type { CanvasEdge, CanvasNode } from '#lib/contract/canvas/canvas'

export type FlowNode = Node<{ node: CanvasNode }, 'canvas'>
export type FlowEdge = Edge<{ edge: CanvasEdge }, 'role'>

/** Groups first, as the library wants them; then as one reads: this is the order of Tab. */
function byPlace(a: CanvasNode, b: CanvasNode) {
  const group = Number(b.kind === 'group') - Number(a.kind === 'group')
  return group || a.y - b.y || a.x - b.x
}

/** What a screen reader calls a node, and what kind of thing it is. */
export interface NamesOf {
  node: (node: CanvasNode) => string
  edge: (edge: CanvasEdge) => string
  nodeKind: string
  edgeKind: string
}

/**
 * The nodes as the library draws them. One that has not changed stays the same object, so that nothing of it is drawn
 * again. With `isOrderKept` those that were there stay in their order: what has the focus, or plays, is not moved.
 */
export function flowNodes(
  nodes: ReadonlyMap<string, CanvasNode>,
  before: readonly FlowNode[],
  names: NamesOf,
  isOrderKept = false,
): FlowNode[] {
  const known = new Map(before.map((one) => [one.id, one]))
  const places = new Map(before.map(({ id }, index) => [id, index]))
  const placeOf = (node: CanvasNode) => places.get(node.id) ?? before.length
  const order = isOrderKept
    ? (a: CanvasNode, b: CanvasNode) =>
        Number(b.kind === 'group') - Number(a.kind === 'group') || placeOf(a) - placeOf(b)
    : byPlace
  return [...nodes.values()]
    .toSorted(order)
    .map((node) => flowNode(node, known.get(node.id), names))
}

function flowNode(node: CanvasNode, before: FlowNode | undefined, names: NamesOf): FlowNode {
  if (before?.data.node === node) return before
  const { id, x, y, width, height, groupId, kind } = node
  return {
    ...before,
    id,
    type: 'canvas',
    position: before?.dragging ? before.position : { x, y },
    width,
    height,
    // As large as it is said to be: the library need not measure a thousand of them, and draw them again.
    measured: { width, height },
    parentId: groupId ?? undefined,
    zIndex: kind === 'group' ? -1 : 0,
    handles: handlesOf(node),
    ariaLabel: names.node(node),
    domAttributes: { 'aria-roledescription': names.nodeKind },
    data: { node },
  }
}

/** Where edges begin and end, so that they are drawn before, and without, their nodes. */
function handlesOf({ width, height, kind }: CanvasNode): FlowNode['handles'] {
  if (kind === 'group' || kind === 'note') return []
  const middle = { y: height / 2, width: 1, height: 1 }
  return [
    { type: 'target', position: Position.Left, x: 0, ...middle },
    { type: 'source', position: Position.Right, x: width, ...middle },
  ]
}

export function flowEdges(
  edges: ReadonlyMap<string, CanvasEdge>,
  before: readonly FlowEdge[],
  names: NamesOf,
): FlowEdge[] {
  const known = new Map(before.map((one) => [one.id, one]))
  return [...edges.values()].map((edge) => {
    const old = known.get(edge.id)
    if (old?.data?.edge === edge) return old
    const { id, source, target } = edge
    return {
      ...old,
      id,
      source,
      target,
      type: 'role',
      data: { edge },
      ariaLabel: names.edge(edge),
      domAttributes: { 'aria-roledescription': names.edgeKind },
    }
  })
}
