import { type SQL, and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { GenerationState } from '#lib/contract/file-view'
import { type Database, type Transaction, database } from '../db/client.ts'
import { file } from '../db/schema.ts'
import { type FileRow, fileColumns } from './file-row.ts'
import { canMove } from './file-states.ts'

type Changeable = Omit<FileRow, 'id' | 'userId' | 'version' | 'createdAt' | 'runAt' | 'attempts'>
export type FilePatch = Partial<Changeable> & { runAt?: Date | SQL }

/** What must still hold when the change is written; where it does not, nothing is. */
export interface ChangeGuard {
  /** The states the row may be in. Required with a new `state`. */
  from?: readonly GenerationState[]
  /** Only the holder of this lease. The fence against a process that was presumed dead and is not. */
  leaseId?: string
  /** Only the attempt of this token. */
  token?: string
  userId?: string
  and?: SQL
}

/**
 * Changes a row so that everybody sees it: row, version, event and NOTIFY in one transaction (a trigger writes the
 * last two). Answers the new row, or undefined where the guard no longer holds.
 */
export async function changeFile(
  fileId: string,
  patch: FilePatch,
  guard: ChangeGuard,
  db: Database | Transaction = database(),
): Promise<FileRow | undefined> {
  assertLegal(fileId, patch, guard)
  const [changed] = await db
    .update(file)
    .set({ ...patch, version: sql`${file.version} + 1` })
    .where(and(eq(file.id, fileId), ...conditions(guard)))
    .returning(fileColumns)
  return changed
}

function assertLegal(fileId: string, { state }: FilePatch, { from = [] }: ChangeGuard) {
  if (!state) return
  if (from.length === 0)
    throw new Error(`file ${fileId}: a new state needs the states it may follow`)
  const illegal = from.find((one) => !canMove(one, state))
  if (illegal) throw new Error(`file ${fileId} must not go from ${illegal} to ${state}`)
}

function conditions({ from, leaseId, token, userId, and: extra }: ChangeGuard) {
  return [
    from && inArray(file.state, [...from]),
    leaseId && eq(file.leaseId, leaseId),
    token && eq(file.token, token),
    userId && and(eq(file.userId, userId), isNull(file.deletedAt)),
    extra,
  ].filter((condition) => condition !== undefined && condition !== '')
}
