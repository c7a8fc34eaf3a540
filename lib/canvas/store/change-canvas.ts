import { eq, sql } from 'drizzle-orm'
import { type CanvasContent, applyChanges } from '#lib/contract/canvas/apply-changes'
import type { CanvasChange, CanvasPatch, CanvasView } from '#lib/contract/canvas/canvas'
import { type CanvasRow, canvas, canvasRequest } from '../../db/canvas-schema.ts'
import { type Transaction, inTransaction } from '../../db/client.ts'
import { invalidField } from '../../errors.ts'
import { contentFor, viewOf, writeElements } from './elements.ts'
import { lockCanvas } from './find-canvas.ts'
import { assertOwnMedia } from './media.ts'
import { assertWeight, isHeavier } from './weight.ts'

/**
 * Takes a patch, whole or not at all, and answers what has changed since the version that its sender has seen. The same
 * request again changes nothing more. Throws `invalid_input` with the change that is not possible, `not_found` where
 * there is no such canvas of this owner.
 */
export async function changeCanvas(
  ownerId: string,
  id: string,
  patch: CanvasPatch,
): Promise<CanvasView> {
  return inTransaction(async (tx) => {
    const row = await lockCanvas(tx, ownerId, id)
    const isNew = await takeRequest(tx, id, patch.requestId)
    const changed = isNew ? await changeIn(tx, row, { ...patch, isWeighed: true }) : row
    return viewOf(changed, patch.since, tx)
  })
}

export interface Change {
  changes: readonly CanvasChange[]
  name?: string | undefined
  trash?: boolean | undefined
  /** Refused where the canvas would get too heavy. What a start places never fails the start. */
  isWeighed?: boolean
}

/** The same within a transaction that has the canvas locked. */
export async function changeIn(
  tx: Transaction,
  row: CanvasRow,
  { changes, name = row.name, trash = row.trashedAt !== null, isWeighed = false }: Change,
): Promise<CanvasRow> {
  const before = await contentFor(tx, row.id, changes)
  const { content, touched, refusal } = applyChanges(before, changes)
  if (refusal) throw invalidField(refusal.field, refusal.says)
  await assertOwnMedia(tx, row.ownerId, { before, after: content, touched, changes })
  const isSameHead = name === row.name && trash === (row.trashedAt !== null)
  if (touched.size === 0 && isSameHead) return row
  const changed = await write(tx, row, { touched, content, name, trash })
  if (isWeighed && isHeavier(touched, { before, after: content }))
    await assertWeight(tx, row.id, 'changes')
  return changed
}

interface Written {
  touched: ReadonlySet<string>
  content: CanvasContent
  name: string
  trash: boolean
}

async function write(tx: Transaction, row: CanvasRow, { name, trash, ...elements }: Written) {
  const version = row.version + 1
  await writeElements(tx, row.id, { ...elements, version })
  const trashedAt = trash ? sql`coalesce(trashed_at, now())` : null
  const [changed] = await tx
    .update(canvas)
    .set({ name, version, changedAt: sql`now()`, trashedAt })
    .where(eq(canvas.id, row.id))
    .returning()
  return changed!
}

/** Whether the request has not been taken before. */
async function takeRequest(tx: Transaction, canvasId: string, requestId: string) {
  const taken = await tx
    .insert(canvasRequest)
    .values({ canvasId, requestId, at: sql`now()` })
    .onConflictDoNothing()
    .returning({ requestId: canvasRequest.requestId })
  return taken.length > 0
}
