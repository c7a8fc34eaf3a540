import { and, eq, inArray, isNotNull, isNull, lte, notInArray, or, sql } from 'drizzle-orm'
import { database } from '../db/client.ts'
import { file } from '../db/schema.ts'
import { newId } from '../ids.ts'
import { openOutcomes } from './attempts.ts'
import type { FilePatch } from './change-file.ts'
import { type FileRow, fileColumns } from './file-row.ts'
import { finalStates } from './file-states.ts'

/**
 * How long a step is believed to be alive without a sign. Renewed while it runs, so it bounds only how long a
 * killed process keeps a file: 12 s leave room for the rest of the 30 s a restart may cost.
 */
export const leaseMs = 12_000

export interface Lease {
  row: FileRow
  leaseId: string
}

/**
 * Takes the file for one step, from any process: undefined where somebody has it, nothing is left to do, or (unless
 * forced) its time has not come. It is no visible change, so the version stays.
 */
export async function claimFile(
  fileId: string,
  now: Date,
  force: boolean,
): Promise<Lease | undefined> {
  const leaseId = newId('lease')
  const leaseUntil = new Date(now.getTime() + leaseMs)
  const [row] = await database()
    .update(file)
    // If we die, the sweep finds the file due when the lease ends. See `dueAt` for what an earlier date means.
    .set({ leaseId, leaseUntil, runAt: leaseUntil })
    .where(
      and(
        eq(file.id, fileId),
        isNotHeld(now),
        or(
          notInArray(file.state, [...finalStates]),
          isNotNull(file.deletedAt),
          force ? mayStillSucceed : undefined,
        ),
        force ? undefined : lte(file.runAt, now),
      ),
    )
    .returning(fileColumns)
  return row && { row, leaseId }
}

/** A file that nobody takes a step of right now. */
export function isNotHeld(now: Date) {
  return or(isNull(file.leaseUntil), lte(file.leaseUntil, now))
}

const hasOpenAttempt = sql`exists (select 1 from attempt a
  where a.file_id = "file"."id" and ${inArray(sql`a.outcome`, [...openOutcomes])})`

/** A failed file with a job of its own, or an attempt that may have one: a late success is still delivered. */
export const mayStillSucceed = and(
  eq(file.state, 'failed'),
  or(isNotNull(file.operation), hasOpenAttempt),
)

/** Says that the step is alive; false where the lease was lost to another process. */
export async function renewLease({ row, leaseId }: Lease, now: Date) {
  const leaseUntil = new Date(now.getTime() + leaseMs)
  const renewed = await database()
    .update(file)
    .set({ leaseUntil, runAt: dueAt(leaseUntil) })
    .where(and(eq(file.id, row.id), eq(file.leaseId, leaseId)))
  return renewed.rowCount === 1
}

/** Gives the file back without a visible change; answers when it is due again, or undefined where it was lost. */
export async function releaseLease({ row, leaseId }: Lease, patch: FilePatch) {
  const [released] = await database()
    .update(file)
    .set({ ...patch, leaseId: null, leaseUntil: null })
    .where(and(eq(file.id, row.id), eq(file.leaseId, leaseId)))
    .returning({ runAt: file.runAt })
  return released?.runAt
}

/**
 * The date of the next step, as the holder of the lease writes it. Whoever wants a step sooner (a cancel, a deletion,
 * a slot that became free) sets `run_at` to now, at any time; while a step is in hand that is a date before the
 * lease's end, and it is kept.
 */
export function dueAt(later: Date) {
  const moment = later.toISOString()
  return sql`case when ${file.runAt} < ${file.leaseUntil} then ${file.runAt} else ${moment}::timestamptz end`
}
