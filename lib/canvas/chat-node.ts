import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import type { CanvasNode, NodeOf } from '#lib/contract/canvas/canvas'
import { type CanvasRow, canvas, canvasElement } from '../db/canvas-schema.ts'
import { type Transaction, database } from '../db/client.ts'

/** The node of a chat, with the canvas it is on. */
export interface ChatNode {
  canvas: CanvasRow
  node: NodeOf<'chat'>
}

/** The node of a chat of this owner; undefined where it is on no canvas, or that one is in the trash. */
export async function findChatNode(chat: Chat): Promise<ChatNode | undefined> {
  const [found] = await nodesOf(chat, database())
  return chatNodeOf(found)
}

/** The same with its canvas locked, which no other changes until the end of the transaction. */
export async function lockChatNode(chat: Chat, tx: Transaction): Promise<ChatNode | undefined> {
  const [found] = await nodesOf(chat, tx).for('update', { of: canvas })
  return chatNodeOf(found)
}

interface Chat {
  ownerId: string
  chatId: string
}

function nodesOf({ ownerId, chatId }: Chat, db: Transaction | ReturnType<typeof database>) {
  return db
    .select({ canvas, node: canvasElement.node })
    .from(canvasElement)
    .innerJoin(canvas, eq(canvas.id, canvasElement.canvasId))
    .where(
      and(
        eq(canvasElement.chatId, chatId),
        eq(canvas.ownerId, ownerId),
        isNull(canvas.trashedAt),
        isNotNull(canvasElement.node),
      ),
    )
    .limit(1)
}

function chatNodeOf(found: { canvas: CanvasRow; node: CanvasNode | null } | undefined) {
  return found?.node?.kind === 'chat' ? { canvas: found.canvas, node: found.node } : undefined
}
