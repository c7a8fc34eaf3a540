import { type GenerationDeps, productionDeps } from '../engine/deps.ts'
import { drive } from '../engine/drive.ts'
import { finishedGenerations } from '../queries.ts'
import { applyEvent } from '../store.ts'

/**
 * Deletes a generation: from now on it is not shown to anybody, and what runs, every byte and the row go as soon as no
 * step of it is under way. False where it is not this owner's.
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

/** Deletes an owner's finished generations; says how many. */
export async function deleteFinished(ownerId: string): Promise<number> {
  const ids = await finishedGenerations(ownerId)
  for (const id of ids) await deleteGeneration(ownerId, id)
  return ids.length
}
