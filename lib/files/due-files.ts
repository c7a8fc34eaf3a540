import { and, asc, isNotNull, lte, notInArray, or, sql } from 'drizzle-orm'
import { database } from '../db/client.ts'
import { file } from '../db/schema.ts'
import { finalStates } from './file-states.ts'

/** Files with a step due before a moment, the most overdue first. What the sweep wakes. */
export async function dueFiles(before: Date, limit: number) {
  return database()
    .select({ id: file.id, runAt: file.runAt })
    .from(file)
    .where(
      and(
        lte(file.runAt, before),
        or(notInArray(file.state, [...finalStates]), isNotNull(file.deletedAt)),
      ),
    )
    .orderBy(asc(file.runAt))
    .limit(limit)
}

/** The date of the next step; at once where a cancel or a deletion came in while the last one was done. */
export function dueAtOnceIfWanted(runAt: Date, now: Date) {
  const isWanted = sql`${file.cancelRequestedAt} is not null or ${file.deletedAt} is not null`
  const [soon, later] = [now.toISOString(), runAt.toISOString()]
  return sql`case when ${isWanted} then ${soon}::timestamptz else ${later}::timestamptz end`
}
