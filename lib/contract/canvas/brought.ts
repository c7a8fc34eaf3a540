import type { CanvasEdge, CanvasEdgeRole, CanvasNode, CanvasNodeKind, MediaNode } from './canvas.ts'

/** Whether a node is made, and has versions: an image or a video. */
export function isMedia(node: CanvasNode | undefined): node is MediaNode {
  return node?.kind === 'image' || node?.kind === 'video'
}

/** The version a node shows and others use: the pinned one, else the newest. */
export function shownVersion({ versions, pinned }: Pick<MediaNode, 'versions' | 'pinned'>) {
  return pinned !== null && versions.includes(pinned) ? pinned : (versions.at(-1) ?? null)
}

/** What is put in an input: by what, and in which role. */
export interface Brought {
  edge: CanvasEdge
  source: CanvasNode
}

/** What edges bring to a node, in order: it is made from this. */
export function broughtTo(
  nodeId: string,
  { nodes, edges }: { nodes: ReadonlyMap<string, CanvasNode>; edges: Iterable<CanvasEdge> },
): Brought[] {
  return [...edges]
    .filter((edge) => edge.target === nodeId && isUse(edge))
    .toSorted((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
    .flatMap((edge) => {
      const source = nodes.get(edge.source)
      return source ? [{ edge, source }] : []
    })
}

export type FrameAt = 'first' | 'last'

/**
 * Which frame of a video is taken where an edge uses it as a picture: what begins with a video begins with its last frame,
 * what ends with one ends with its first. Undefined where the edge uses the video itself, or a picture.
 */
export function frameTaken(role: CanvasEdgeRole, source: CanvasNodeKind): FrameAt | undefined {
  if (source !== 'video') return undefined
  if (role === 'lastFrame') return 'first'
  return role === 'firstFrame' || role === 'reference' ? 'last' : undefined
}

/** Whether the target of an edge is made from its source; others say where it came from, or what a chat reads. */
export function isUse({ role }: Pick<CanvasEdge, 'role'>) {
  return role !== 'made' && role !== 'context'
}
