import type { MediaType } from '#lib/contract/generation'
import { type GenerationDeps, productionDeps } from '../engine/deps.ts'
import { drive } from '../engine/drive.ts'
import { finishedGenerations } from '../queries.ts'
import { type Transaction, inTransaction } from '../../db/client.ts'
import { applyIn } from '../store.ts'

/**
 * Deletes a generation: it is no longer shown, and its job, every byte and the row are removed as soon as no step of it
 * is in progress. False where it belongs to another owner, and where it is not right any more under its lock.
 */
export async function deleteGeneration(
  ownerId: string,
  id: string,
  deps: GenerationDeps = productionDeps(),
  isStillRight: (tx: Transaction) => Promise<boolean> = () => Promise.resolve(true),
): Promise<boolean> {
  const deleted = await inTransaction((tx) =>
    applyIn(tx, id, { type: 'delete_requested', ownerId }, deps.databaseClock, () =>
      isStillRight(tx),
    ),
  )
  if (!deleted) return false
  await drive(id, deps)
  return true
}

/** Deletes an owner's finished generations, of one kind where one is given; says how many. */
export async function deleteFinished(ownerId: string, kind?: MediaType): Promise<number> {
  const ids = await finishedGenerations(ownerId, kind)
  for (const id of ids) await deleteGeneration(ownerId, id)
  return ids.length
}
