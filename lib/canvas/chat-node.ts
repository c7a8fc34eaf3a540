import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import type { NodeOf } from '#lib/contract/canvas/canvas'
import { type CanvasRow, canvas, canvasElement } from '../db/canvas-schema.ts'
import { type Transaction, database } from '../db/client.ts'

/** The node of a chat, with the canvas it is on. */
export interface ChatNode {
  canvas: CanvasRow
  node: NodeOf<'chat'>
}

/** The node of a chat of this owner; undefined where it is on no canvas, or that one is in the trash. */
export async function findChatNode(
  { ownerId, chatId }: { ownerId: string; chatId: string },
  db: Transaction | ReturnType<typeof database> = database(),
): Promise<ChatNode | undefined> {
  const [found] = await db
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
  return found?.node?.kind === 'chat' ? { canvas: found.canvas, node: found.node } : undefined
}
