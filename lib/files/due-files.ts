import { and, asc, isNotNull, lte, notInArray, or } from 'drizzle-orm'
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
