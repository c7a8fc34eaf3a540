import type { CanvasEdge } from './canvas.ts'

/**
 * Which nodes need which, over any number of edges. `made` says where a node came from and needs nothing: a chat may
 * read what it made.
 */
export class Reach {
  private readonly outOf = new Map<string, Map<string, CanvasEdge>>()

  constructor(edges: Iterable<CanvasEdge>) {
    for (const edge of edges) this.add(edge)
  }

  add(edge: CanvasEdge) {
    const edges = this.outOf.get(edge.source) ?? new Map<string, CanvasEdge>()
    this.outOf.set(edge.source, edges.set(edge.id, edge))
  }

  remove({ id, source }: CanvasEdge) {
    this.outOf.get(source)?.delete(id)
  }

  /** Whether another edge joins the same two for the same. */
  hasTwin({ id, source, target, role }: CanvasEdge) {
    const edges = [...(this.outOf.get(source)?.values() ?? [])]
    return edges.some((one) => one.id !== id && one.target === target && one.role === role)
  }

  /** Whether with this edge a node would need itself. */
  closesCircle({ id, source, target, role }: CanvasEdge) {
    if (source === target) return true
    if (role === 'made') return false
    const seen = new Set([target])
    for (const node of seen)
      for (const other of this.outOf.get(node)?.values() ?? []) {
        if (other.role === 'made' || other.id === id) continue
        if (other.target === source) return true
        seen.add(other.target)
      }
    return false
  }
}
