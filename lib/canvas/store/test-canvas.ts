import type {
  CanvasChange,
  CanvasEdge,
  CanvasEdgeRole,
  CanvasNode,
  CanvasView,
  MediaNode,
} from '#lib/contract/canvas/canvas'
import { canvas, canvasElement } from '../../db/canvas-schema.ts'
import { database } from '../../db/client.ts'
import { newId, randomText } from '../../ids.ts'
import { type Asker, answerOf } from '../../../tests/support/ask-route.ts'

const common = { x: 0, y: 0, width: 200, height: 100, groupId: null }

export function aText(more: { id?: string; text?: string; groupId?: string } = {}): CanvasNode {
  return { kind: 'text', id: newId('node'), ...common, text: '', ...more }
}

export function aGroup(id = newId('node')): CanvasNode {
  return { kind: 'group', id, ...common, name: 'scene' }
}

export function aChat(): CanvasNode {
  return { kind: 'chat', id: newId('node'), ...common, chatId: newId('chat'), hidden: [] }
}

export function aVideo(...versions: string[]): CanvasNode {
  const pinned = versions[0] ?? null
  return { kind: 'video', id: newId('node'), ...common, settings: {}, versions, pinned }
}

export const add = (node: CanvasNode): CanvasChange => ({ change: 'add', node })

export function joined(source: CanvasNode, target: CanvasNode, role: CanvasEdgeRole = 'prompt') {
  const edge = { id: newId('edge'), source: source.id, target: target.id, role, order: 0 }
  return { change: 'add', edge } satisfies CanvasChange
}

export function aMedia(kind: 'image' | 'video', settings: MediaNode['settings'] = {}): MediaNode {
  return { kind, id: newId('node'), ...common, settings, versions: [], pinned: null }
}

/** A canvas that is there already, with what is on it. */
export async function aCanvas(
  ownerId: string,
  nodes: readonly CanvasNode[],
  edges: readonly { edge: CanvasEdge }[] = [],
) {
  const [canvasId, now] = [newId('canvas'), new Date()]
  await database()
    .insert(canvas)
    .values({ id: canvasId, ownerId, name: '', createdAt: now, changedAt: now })
  await database()
    .insert(canvasElement)
    .values([
      ...nodes.map((node) => ({ canvasId, id: node.id, version: 1, node })),
      ...edges.map(({ edge }) => ({ canvasId, id: edge.id, version: 1, edge })),
    ])
  return canvasId
}

/** The routes of canvases, as someone asks them. */
export function canvasesOf(ask: Asker) {
  const call = async (
    route: string,
    { id = '', query = '', body }: { id?: string; query?: string; body?: object } = {},
  ) => {
    const answer = await answerOf(route, { params: { canvasId: id }, query, body }, ask)
    return { ...answer, json: (answer.body ? JSON.parse(answer.body) : null) as never }
  }
  return {
    call,
    make: async (name = 'A') =>
      (await call('POST /api/canvas', { body: { name } })).json as CanvasView,
    read: async (id: string, since = 0) =>
      (await call('GET /api/canvas/[canvasId]', { id, query: `?since=${since}` }))
        .json as CanvasView,
    patch: (id: string, changes: CanvasChange[], more: object = {}) =>
      call('PATCH /api/canvas/[canvasId]', {
        id,
        body: { requestId: randomText(24), since: 0, changes, ...more },
      }),
  }
}
