import { and, desc, eq, inArray, max } from 'drizzle-orm'
import { database, inTransaction, type Transaction } from '../db/client.ts'
import { type AttemptRow, attempt } from '../db/schema.ts'
import { type ChangeGuard, type FilePatch, changeFile } from './change-file.ts'
import type { FileRow } from './file-row.ts'

export type { AttemptRow } from '../db/schema.ts'

export type NewAttempt = Pick<
  AttemptRow,
  | 'token'
  | 'fileId'
  | 'provider'
  | 'providerLabel'
  | 'model'
  | 'reason'
  | 'consoleUrl'
  | 'startedAt'
>

/** What became of an attempt, by its token. */
export type AttemptPatch = { token: string } & Partial<
  Pick<AttemptRow, 'outcome' | 'reference' | 'costUsd' | 'errorCode' | 'errorMessage' | 'endedAt'>
>

/** Writes an attempt down, numbered after the ones before it; in the transaction that takes its slot. */
export async function insertAttempt(values: NewAttempt, tx: Transaction) {
  const [last] = await tx
    .select({ number: max(attempt.number) })
    .from(attempt)
    .where(eq(attempt.fileId, values.fileId))
  await tx.insert(attempt).values({ ...values, number: (last?.number ?? 0) + 1 })
}

/** The attempt of a token at a provider, or undefined. */
export async function findAttempt(provider: string, token: string) {
  const [row] = await database()
    .select()
    .from(attempt)
    .where(and(eq(attempt.token, token), eq(attempt.provider, provider)))
  return row
}

/** A job may have come of these, and their file does not know it where it has gone on without them. */
export const openOutcomes = ['unknown', 'accepted'] as const

/** Whether an attempt may have a job that is not over. */
export function isOpen(outcome: AttemptRow['outcome']) {
  return openOutcomes.some((open) => open === outcome)
}

/** The attempts of a file that may have a job which is not over, the latest first. */
export async function openAttempts(fileId: string): Promise<AttemptRow[]> {
  return database()
    .select()
    .from(attempt)
    .where(and(eq(attempt.fileId, fileId), inArray(attempt.outcome, openOutcomes)))
    .orderBy(desc(attempt.number))
}

/** Changes a file and one of its attempts together or not at all; undefined where the guard no longer holds. */
export async function changeFileAndAttempt(
  fileId: string,
  patch: FilePatch,
  guard: ChangeGuard,
  { token, ...settled }: AttemptPatch,
): Promise<FileRow | undefined> {
  const guardFailed = new Error('the guard no longer holds')
  try {
    return await inTransaction(async (tx) => {
      // First the attempt: what the change of the file answers then shows it.
      await tx.update(attempt).set(settled).where(eq(attempt.token, token))
      const changed = await changeFile(fileId, patch, guard, tx)
      if (!changed) throw guardFailed
      return changed
    })
  } catch (error) {
    if (error === guardFailed) return undefined
    throw error
  }
}

/**
 * Writes what became of an attempt that its file has gone on without, where that was not known yet; and changes the
 * file with it, by what `patchOf` says of that attempt, where nothing else is under way for it. Answers the changed file.
 */
export async function settleLate(
  fileId: string,
  { token, ...settled }: AttemptPatch,
  patchOf: (attempt: AttemptRow) => FilePatch | undefined,
): Promise<FileRow | undefined> {
  const wasUnknown = inArray(attempt.outcome, ['submitting', 'unknown'])
  return inTransaction(async (tx) => {
    const [late] = await tx
      .update(attempt)
      .set(settled)
      .where(and(eq(attempt.token, token), wasUnknown))
      .returning()
    const patch = late && patchOf(late)
    return patch && changeFile(fileId, patch, { from: ['queued', 'submit_unknown'] }, tx)
  })
}
