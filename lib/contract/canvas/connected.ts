import type { CanvasEdge, CanvasNode, NodeOf } from './canvas.ts'

/** The most nodes a chat reads, and over how many edges. */
export const contextLimits = { nodes: 24, steps: 6 } as const

interface Graph {
  nodes: ReadonlyMap<string, CanvasNode>
  edges: Iterable<CanvasEdge>
}

/**
 * The nodes a chat reads, the nearest first: what edges lead from into its node and what it made, and what those are made
 * of in turn. One that is hidden is not read, nor what only it leads to.
 */
export function connectedTo(chat: NodeOf<'chat'>, { nodes, edges }: Graph): CanvasNode[] {
  const all = [...edges].toSorted((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
  const into = Map.groupBy(all, ({ target }) => target)
  const made = all.filter(({ source, role }) => source === chat.id && role === 'made')
  const hidden = new Set(chat.hidden)
  const seen = new Set([chat.id])
  const found: CanvasNode[] = []
  let next = [...sourcesOf(chat.id), ...made.map(({ target }) => target)]
  for (let step = 0; step < contextLimits.steps && next.length > 0; step++) {
    const here = next.filter((id) => !hidden.has(id) && !seen.has(id) && seen.add(id))
    found.push(...here.flatMap((id) => nodes.get(id) ?? []))
    next = here.flatMap(sourcesOf)
  }
  return found.filter(({ kind }) => kind !== 'group').slice(0, contextLimits.nodes)

  function sourcesOf(id: string) {
    return (into.get(id) ?? []).filter(({ role }) => role !== 'made').map(({ source }) => source)
  }
}
