import type { CanvasContent } from '#lib/contract/canvas/apply-changes'
import { type Brought, broughtTo, isMedia, isUse, shownVersion } from '#lib/contract/canvas/brought'
import type { CanvasEdge, MediaNode } from '#lib/contract/canvas/canvas'
import type { CanvasRunRequest } from '#lib/contract/canvas/run'

// Contents never change. A plan asks many times for each node: over all edges, a full canvas would take seconds.
const intoNodes = new WeakMap<CanvasContent['edges'], Map<string, CanvasEdge[]>>()

function edgesInto({ edges }: CanvasContent) {
  const known = intoNodes.get(edges)
  if (known) return known
  const found = Map.groupBy(edges.values(), ({ target }) => target)
  intoNodes.set(edges, found)
  return found
}

/** What a node is made from, in order. */
export function sourcesOf(graph: CanvasContent, nodeId: string) {
  return broughtTo(nodeId, { nodes: graph.nodes, edges: edgesInto(graph).get(nodeId) ?? [] })
}

/** Some nodes and what follows from them, however far. */
function withFollowing({ edges }: CanvasContent, asked: Iterable<string>) {
  const outOf = Map.groupBy(edges.values(), ({ source }) => source)
  const wanted = new Set(asked)
  for (const id of wanted)
    for (const edge of outOf.get(id) ?? []) if (isUse(edge)) wanted.add(edge.target)
  return wanted
}

/**
 * The media nodes that a run looks at, each after all it is made from: those that are asked for, and all that they are made
 * from, however far back.
 */
export function nodesOfRun(
  graph: CanvasContent,
  { scope, nodes: asked }: CanvasRunRequest,
): MediaNode[] {
  const named = new Set(scope === 'all' ? graph.nodes.keys() : asked)
  const wanted = scope === 'from' ? withFollowing(graph, named) : named
  const ordered: MediaNode[] = []
  const seen = new Set<string>()
  const visit = (id: string) => {
    if (seen.has(id)) return
    seen.add(id)
    const node = graph.nodes.get(id)
    if (!isMedia(node)) return
    for (const { source } of sourcesOf(graph, id)) visit(source.id)
    ordered.push(node)
  }
  for (const id of wanted) visit(id)
  return ordered
}

/** All of a canvas that a plan hangs on, as one text: where that is the same, so is the plan, whatever was moved. */
export function basisOf(graph: CanvasContent, request: CanvasRunRequest): string {
  // Each text once: it may go into hundreds of nodes.
  const texts = new Map<string, string>()
  const nodes = nodesOfRun(graph, request).map((node) => {
    const sources = sourcesOf(graph, node.id).map(({ edge, source }) => {
      if (source.kind === 'text') texts.set(source.id, source.text)
      return [edge.role, source.id]
    })
    return [node.id, node.settings, shownVersion(node), sources]
  })
  return JSON.stringify([nodes, [...texts]])
}

/** The request of a node: its own settings, the texts before its prompt, and what its edges bring. */
export function bodyOf(
  graph: CanvasContent,
  node: MediaNode,
  mediaOf: (brought: Brought) => string,
) {
  const { prompt, inputs, variations: _, ...settings } = node.settings
  const sources = sourcesOf(graph, node.id)
  const texts = sources.map((one) => (one.source.kind === 'text' ? one.source.text : ''))
  const words = [...texts, typeof prompt === 'string' ? prompt : ''].map((one) => one.trim())
  const media = sources.flatMap((one) =>
    isMedia(one.source) ? [{ role: one.edge.role, id: mediaOf(one) }] : [],
  )
  const last = (role: string) => media.findLast((one) => one.role === role)?.id
  const references = media.filter(({ role }) => role === 'reference').map(({ id }) => id)
  const brought = {
    // An extension begins with the last frame of its video: what can begin with a picture can.
    firstFrame: last('extension') ?? last('firstFrame'),
    lastFrame: last('lastFrame'),
    sourceVideo: last('sourceVideo'),
    ...(references.length > 0 && { references }),
  }
  const named = Object.entries(brought).filter(([, value]) => value !== undefined)
  const all = { ...Object(inputs), ...Object.fromEntries(named) } as Record<string, unknown>
  return {
    ...settings,
    prompt: words.filter(Boolean).join('\n\n'),
    variations: 1,
    useCache: false,
    ...(Object.keys(all).length > 0 && { inputs: all }),
  }
}
