import type { CanvasEdge } from './canvas.ts'

interface Way {
  edgeId: string
  to: number
}

/**
 * Which nodes need which, over any number of edges. `made` says where a node came from and needs nothing: a chat may
 * read what it made. Nodes go by numbers here: for a full canvas, a circle is looked for 4,000 times over 4,000 edges.
 */
export class Reach {
  private readonly numbers = new Map<string, number>()
  private readonly ways: Way[][] = []
  /** In which look each node was seen last. */
  private readonly seenIn: number[] = []
  private looks = 0
  /** By what it joins, and for what: the edge. */
  private readonly joins = new Map<string, string>()

  constructor(edges: Iterable<CanvasEdge>) {
    for (const edge of edges) this.add(edge)
  }

  add(edge: CanvasEdge) {
    this.joins.set(joinOf(edge), edge.id)
    const [from, to] = [this.numberOf(edge.source), this.numberOf(edge.target)]
    if (edge.role !== 'made') this.ways[from]!.push({ edgeId: edge.id, to })
  }

  remove(edge: CanvasEdge) {
    if (this.joins.get(joinOf(edge)) === edge.id) this.joins.delete(joinOf(edge))
    const from = this.numberOf(edge.source)
    this.ways[from] = this.ways[from]!.filter(({ edgeId }) => edgeId !== edge.id)
  }

  /** Whether another edge joins the same two for the same. */
  hasTwin(edge: CanvasEdge) {
    return (this.joins.get(joinOf(edge)) ?? edge.id) !== edge.id
  }

  /** Whether with this edge a node would need itself. */
  closesCircle({ id, source, target, role }: CanvasEdge) {
    if (source === target) return true
    if (role === 'made') return false
    const end = this.numberOf(source)
    const look = ++this.looks
    const open = [this.numberOf(target)]
    for (const node of open)
      for (const { edgeId, to } of this.ways[node]!) {
        if (edgeId === id || this.seenIn[to] === look) continue
        if (to === end) return true
        this.seenIn[to] = look
        open.push(to)
      }
    return false
  }

  private numberOf(nodeId: string) {
    const known = this.numbers.get(nodeId)
    if (known !== undefined) return known
    const number = this.ways.push([]) - 1
    this.seenIn.push(0)
    this.numbers.set(nodeId, number)
    return number
  }
}

function joinOf({ source, target, role }: CanvasEdge) {
  return `${source} ${target} ${role}`
}
