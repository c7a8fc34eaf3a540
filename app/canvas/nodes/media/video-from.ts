import { newId } from '#lib/ai/api/new-id'
import type { CanvasEdge, MediaNode } from '#lib/contract/canvas/canvas'
import { freePlace, placeOf, placesOf } from '#lib/contract/canvas/free-place'
import type { CanvasDoc } from '#lib/delivery/canvas/canvas-doc'

const size = { width: 360, height: 400 } as const

/**
 * Adds a video that begins with this image, or goes on from the end of this video: right of it, over no other. Answers its
 * id.
 */
export function addVideoFrom(doc: CanvasDoc, source: MediaNode): string {
  const { nodes } = doc.read()
  const node: MediaNode = {
    kind: 'video',
    id: newId('node'),
    ...freePlace(placeOf(source, nodes), size, placesOf(nodes)),
    ...size,
    groupId: null,
    settings: {},
    versions: [],
    pinned: null,
  }
  const edge: CanvasEdge = {
    id: newId('edge'),
    source: source.id,
    target: node.id,
    role: source.kind === 'image' ? 'firstFrame' : 'extension',
    order: 0,
  }
  doc.apply([
    { change: 'add', node },
    { change: 'add', edge },
  ])
  return node.id
}
