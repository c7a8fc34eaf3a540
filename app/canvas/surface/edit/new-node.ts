import type { CanvasNode, CanvasNodeKind } from '#lib/contract/canvas/canvas'
import type { Point } from '../shape/places.ts'

const sizes = {
  text: { width: 300, height: 180 },
  note: { width: 240, height: 160 },
  image: { width: 320, height: 320 },
  video: { width: 360, height: 320 },
  chat: { width: 400, height: 520 },
  group: { width: 640, height: 440 },
} as const

interface NewIds {
  node: () => string
  chat: () => string
}

/** An empty node whose middle is at a place. */
export function newNode(kind: CanvasNodeKind, middle: Point, ids: NewIds): CanvasNode {
  const size = sizes[kind]
  const common = {
    id: ids.node(),
    x: Math.round(middle.x - size.width / 2),
    y: Math.round(middle.y - size.height / 2),
    ...size,
    groupId: null,
  }
  if (kind === 'text' || kind === 'note') return { ...common, kind, text: '' }
  if (kind === 'chat') return { ...common, kind, chatId: ids.chat(), hidden: [] }
  if (kind === 'group') return { ...common, kind, name: '' }
  return { ...common, kind, settings: {}, versions: [], pinned: null }
}
