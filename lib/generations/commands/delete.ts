import type { MediaType } from '#lib/contract/generation'
import { type GenerationDeps, productionDeps } from '../engine/deps.ts'
import { drive } from '../engine/drive.ts'
import { finishedGenerations } from '../queries.ts'
import { applyEvent } from '../store.ts'

/**
 * Deletes a generation: it is no longer shown, and its job, every byte and the row are removed as soon as no step of it
 * is in progress. False where it belongs to another owner.
 */
export async function deleteGeneration(
  ownerId: string,
  id: string,
  deps: GenerationDeps = productionDeps(),
): Promise<boolean> {
  const deleted = await applyEvent(id, { type: 'delete_requested', ownerId }, deps.databaseClock)
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
