import { eq } from 'drizzle-orm'
import {
  aConversation,
  newChatId,
  testChatDeps,
} from '../../../tests/support/generations/test-chat.ts'
import type { CanvasEdge, CanvasNode, MediaNode } from '#lib/contract/canvas/canvas'
import { canvas, canvasElement } from '../../db/canvas-schema.ts'
import { database } from '../../db/client.ts'
import { newId } from '../../ids.ts'

const box = { x: 0, y: 0, width: 400, height: 520, groupId: null }

/** What is on it, and of that what was made. */
async function readCanvas(canvasId: string, others: readonly CanvasNode[]) {
  const rows = await database()
    .select()
    .from(canvasElement)
    .where(eq(canvasElement.canvasId, canvasId))
  const [row] = await database().select().from(canvas).where(eq(canvas.id, canvasId))
  const nodes = rows.flatMap(({ node }) => node ?? [])
  const isMade = (node: CanvasNode): node is MediaNode =>
    'versions' in node && !others.some(({ id }) => id === node.id)
  return {
    version: row!.version,
    nodes,
    made: nodes.filter(isMade),
    edges: rows.flatMap(({ edge }) => edge ?? []),
  }
}

/** A canvas with a chat node, and whatever else, and a conversation in it. */
export async function aCanvas(
  others: CanvasNode[] = [],
  hidden: string[] = [],
  deps = testChatDeps(),
) {
  const chatId = newChatId()
  const talk = aConversation({ chatId, deps })
  const canvasId = newId('canvas')
  const now = new Date()
  await database()
    .insert(canvas)
    .values({ id: canvasId, ownerId: talk.ownerId, name: '', createdAt: now, changedAt: now })
  const chat: CanvasNode = { kind: 'chat', id: newId('node'), ...box, chatId, hidden }
  const edges = others.map(({ id: source }, order): CanvasEdge => ({
    id: newId('edge'),
    source,
    target: chat.id,
    role: 'context',
    order,
  }))
  await database()
    .insert(canvasElement)
    .values([
      { canvasId, id: chat.id, version: 1, node: chat, chatId },
      ...others.map((node) => ({ canvasId, id: node.id, version: 1, node })),
      ...edges.map((edge) => ({ canvasId, id: edge.id, version: 1, edge })),
    ])
  /** Adds a video that shows this file, with an edge into the chat. */
  const connect = async (fileId: string, order: number) => {
    const node = aVideoNode(fileId)
    const ends = { source: node.id, target: chat.id, role: 'context' as const, order }
    const edge: CanvasEdge = { id: newId('edge'), ...ends }
    await database()
      .insert(canvasElement)
      .values([
        { canvasId, id: node.id, version: 2, node },
        { canvasId, id: edge.id, version: 2, edge },
      ])
  }
  return { talk, canvasId, chat, connect, read: () => readCanvas(canvasId, others) }
}

export function aText(text: string): CanvasNode {
  return { kind: 'text', id: newId('node'), ...box, x: -500, text }
}

export function aVideoNode(fileId: string): CanvasNode {
  const media = { settings: {}, versions: [fileId], pinned: null }
  return { kind: 'video', id: newId('node'), ...box, x: -900, ...media }
}
