import { and, eq } from 'drizzle-orm'
import { isCanvasId } from '#lib/contract/canvas/news'
import { message } from '#lib/messages/message'
import { type CanvasRow, canvas } from '../../db/canvas-schema.ts'
import { type Transaction, database } from '../../db/client.ts'
import { recentAdopterOf } from '../../db/queries/adopted.ts'
import { AppError } from '../../errors.ts'

/** An owner's canvas, in the trash or not. Throws `not_found` for a stranger's, a deleted and a never-seen one alike. */
export async function findCanvas(ownerId: string, id: string): Promise<CanvasRow> {
  const [row] = isCanvasId(id)
    ? await database().select().from(canvas).where(eq(canvas.id, id))
    : []
  if (row?.ownerId === ownerId) return row
  // What a visitor's open page asks for while the canvas moves into an account is shown to it.
  if (row && (await recentAdopterOf(ownerId)) === row.ownerId) return row
  throw canvasNotFound()
}

/** The version of an owner's canvas; undefined where there is none. */
export async function canvasVersion(ownerId: string, id: string): Promise<number | undefined> {
  const isMeant = and(eq(canvas.id, id), eq(canvas.ownerId, ownerId))
  const [row] = await database().select({ version: canvas.version }).from(canvas).where(isMeant)
  return row?.version
}

/** An owner's canvas, which no other changes until the end of the transaction. */
export async function lockCanvas(tx: Transaction, ownerId: string, id: string): Promise<CanvasRow> {
  if (!isCanvasId(id)) throw canvasNotFound()
  const isMeant = and(eq(canvas.id, id), eq(canvas.ownerId, ownerId))
  const [row] = await tx.select().from(canvas).where(isMeant).for('update')
  if (!row) throw canvasNotFound()
  return row
}

export function canvasNotFound() {
  return new AppError('not_found', { userMessage: message('canvasList.error.notFound') })
}
