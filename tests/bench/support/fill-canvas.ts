import { database } from '#lib/db/client'
import { canvas, canvasElement } from '#lib/db/canvas-schema'
import type { CanvasEdge, CanvasNode } from '#lib/contract/canvas/canvas'
import { newId } from '#lib/ids'
import { fileIdOf, fillLibrary, putPosters } from './fill-library.ts'

interface Filling {
  ownerId: string
  nodes: number
  edges: number
}

const columns = 20
let filled = 0

/** Inserts a canvas of texts and finished videos in turns, joined at random places that make no circle; answers its id. */
export async function fillCanvas({ ownerId, nodes, edges }: Filling): Promise<string> {
  const videos = Math.max(1, Math.floor(nodes / 2))
  const first = filled + 1
  filled += videos
  await fillLibrary({ rows: videos, ownerId, ofOwner: videos, first })
  await putPosters({ first, rows: videos })
  const made = Array.from({ length: nodes }, (_, index) => nodeAt(index, first))
  const drawn = nodes > 1 ? edgesOf(made, edges) : []
  const id = newId('canvas')
  const now = new Date()
  await database()
    .insert(canvas)
    .values({ id, ownerId, name: 'Storyboard', version: 2, createdAt: now, changedAt: now })
  const rows = [
    ...made.map((node) => ({ canvasId: id, id: node.id, version: 2, node })),
    ...drawn.map((edge) => ({ canvasId: id, id: edge.id, version: 2, edge })),
  ]
  for (let from = 0; from < rows.length; from += 500)
    await database()
      .insert(canvasElement)
      .values(rows.slice(from, from + 500))
  return id
}

function nodeAt(index: number, first: number): CanvasNode {
  const place = {
    id: newId('node'),
    x: (index % columns) * 420,
    y: Math.floor(index / columns) * 360,
    width: 320,
    height: 240,
    groupId: null,
  }
  if (index % 2 === 0)
    return { ...place, kind: 'text', text: `A lighthouse in a storm, take ${index}, slow pan` }
  const fileId = fileIdOf(first + (index - 1) / 2)
  const settings = { prompt: `Take ${index}` }
  return { ...place, kind: 'video', settings, versions: [fileId], pinned: null }
}

/** From a text to a later video, and from a video to a later one. */
function edgesOf(nodes: CanvasNode[], count: number): CanvasEdge[] {
  return Array.from({ length: count }, (_, index) => {
    const at = index % (nodes.length - 1)
    const source = nodes[at]!
    const step = 1 + 2 * Math.floor(index / (nodes.length - 1))
    const target = nodes[Math.min(nodes.length - 1, at + step)]!
    const role = source.kind === 'text' ? 'prompt' : 'context'
    return { id: newId('edge'), source: source.id, target: target.id, role, order: 0 } as const
  })
}
