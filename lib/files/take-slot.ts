import { and, isNull, sql } from 'drizzle-orm'
import { inTransaction } from '../db/client.ts'
import { file } from '../db/schema.ts'
import { type NewAttempt, insertAttempt } from './attempts.ts'
import { type FilePatch, changeFile } from './change-file.ts'
import type { FileRow } from './file-row.ts'
import type { Lease } from './lease.ts'
import { firstInQueue, slotsTaken } from './queue-places.ts'

export interface SlotOptions {
  /** Generations running at once at one provider. */
  concurrency: number
  patch: FilePatch
  attempt: NewAttempt
  now: Date
}

/**
 * Moves a queued file to `submitting` where its provider has a free slot and its turn has come, and writes the
 * attempt down; undefined where not, or where its user has canceled or deleted it since. One transaction under the provider's lock, so that two processes never count
 * the same slot as free.
 */
export async function takeSlot(
  { row, leaseId }: Lease,
  { concurrency, patch, attempt, now }: SlotOptions,
): Promise<FileRow | undefined> {
  return inTransaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`slots of ${row.provider}`}))`)
    const free = concurrency - (await slotsTaken(row.provider, now, tx))
    if (free <= 0) return undefined
    const next = await firstInQueue(row.provider, free, tx)
    if (!next.includes(row.id)) return undefined
    const change: FilePatch = { ...patch, state: 'submitting', queuePlace: null }
    const isWanted = and(isNull(file.cancelRequestedAt), isNull(file.deletedAt))!
    const guard = { from: ['queued'], leaseId, and: isWanted } as const
    const submitting = await changeFile(row.id, change, guard, tx)
    if (submitting) await insertAttempt(attempt, tx)
    return submitting
  })
}
