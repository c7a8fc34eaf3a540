import { mediaTypeOf } from '#lib/contract/generation'
import { message, ofKind } from '#lib/messages/message'
import { type SQL, and, eq, isNull } from 'drizzle-orm'
import { database } from '../../db/client.ts'
import { generation } from '../../db/generation-schema.ts'
import { AppError } from '../../errors.ts'
import { type GenerationDeps, productionDeps } from '../engine/deps.ts'
import { drive } from '../engine/drive.ts'
import { findOwned } from '../queries.ts'
import type { GenerationRow } from '../row.ts'
import { applyEvent } from '../store.ts'

/**
 * Asks for a generation to be stopped, and stops it where no step is under way right now. Asking twice is asking
 * once. Undefined where it is not this owner's; throws where it is too late.
 */
export async function cancelGeneration(
  ownerId: string,
  id: string,
  deps: GenerationDeps = productionDeps(),
): Promise<GenerationRow | undefined> {
  const row = await findOwned(ownerId, id)
  if (!row || row.state === 'canceled') return row
  if (!(await applyEvent(id, { type: 'cancel_requested', ownerId }, deps.databaseClock))) {
    // It came to its end since it was read: by an earlier request to cancel, or by itself.
    const now = await findOwned(ownerId, id)
    if (!now || now.state === 'canceled') return now
    throw tooLate(now)
  }
  await drive(id, deps)
  return findOwned(ownerId, id)
}

/** Cancels what an owner has in the queue: no provider has it yet, and none is paid for it. What runs goes on. */
export async function cancelQueuedOf(ownerId: string, deps: GenerationDeps = productionDeps()) {
  await cancelAll(ownerId, eq(generation.state, 'queued'), deps)
}

/**
 * Cancels all of an owner's generations that a condition holds for, and answers how many of how many it did. What is past
 * that in this moment goes on.
 */
export async function cancelAll(
  ownerId: string,
  isMeant: SQL | undefined,
  deps: GenerationDeps = productionDeps(),
): Promise<{ asked: number; canceled: number }> {
  const isOwn = and(eq(generation.ownerId, ownerId), isNull(generation.deletedAt), isMeant)
  const rows = await database().select({ id: generation.id }).from(generation).where(isOwn)
  let canceled = 0
  for (const { id } of rows) if (await isCanceled(ownerId, id, deps)) canceled += 1
  return { asked: rows.length, canceled }
}

/** False where it is too late. */
async function isCanceled(ownerId: string, id: string, deps: GenerationDeps) {
  try {
    return (await cancelGeneration(ownerId, id, deps)) !== undefined
  } catch (error) {
    if (error instanceof AppError) return false
    throw error
  }
}

function tooLate(row: GenerationRow) {
  return new AppError('not_possible_now', {
    userMessage: ofKind(message('errors.tooLateToCancel'), mediaTypeOf(row)),
  })
}
