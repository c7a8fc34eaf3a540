import { and, eq, inArray } from 'drizzle-orm'
import { inTransaction } from '../db/client.ts'
import { attempt, file } from '../db/schema.ts'
import type { AttemptPatch } from './attempts.ts'
import type { Lease } from './lease.ts'

/**
 * Takes a row away for good, with its events, and writes down what became of its attempt where that was not over;
 * nothing where the lease was lost.
 */
export async function removeFile({ row, leaseId }: Lease, ended?: AttemptPatch) {
  await inTransaction(async (tx) => {
    const removed = await tx.delete(file).where(and(eq(file.id, row.id), eq(file.leaseId, leaseId)))
    if (removed.rowCount === 0 || !ended) return
    const { token, ...settled } = ended
    const isGoingOn = inArray(attempt.outcome, ['submitting', 'unknown', 'accepted'])
    await tx
      .update(attempt)
      .set(settled)
      .where(and(eq(attempt.token, token), isGoingOn))
  })
}
