import type { FlowEdge, FlowNode } from './flow-elements.ts'

export interface Elements {
  nodes: FlowNode[]
  edges: FlowEdge[]
}

/** The library draws nothing of these, and knows of them. */
const hidden = new WeakMap<FlowNode, FlowNode>()

/**
 * Of all elements those that have their turn: the first nodes, then edges, and nodes that are wanted early. The other
 * nodes are there, hidden: they can be selected and looked for.
 */
export function mountedOf(
  { nodes, edges }: Elements,
  count: number,
  early: ReadonlySet<string>,
): Elements {
  if (count >= nodes.length + edges.length) return { nodes, edges }
  return {
    nodes: nodes.map((node, index) =>
      index < count || early.has(node.id) ? node : asHidden(node),
    ),
    edges: edges.slice(0, Math.max(0, count - nodes.length)),
  }
}

function asHidden(node: FlowNode): FlowNode {
  const known = hidden.get(node) ?? { ...node, hidden: true }
  hidden.set(node, known)
  return known
}
