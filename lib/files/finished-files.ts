import { and, eq, inArray, isNull } from 'drizzle-orm'
import { database } from '../db/client.ts'
import { file } from '../db/schema.ts'
import { finalStates } from './file-states.ts'

/** The ids of a user's finished videos. */
export async function finishedFiles(userId: string) {
  const mine = and(eq(file.userId, userId), isNull(file.deletedAt))
  const rows = await database()
    .select({ id: file.id })
    .from(file)
    .where(and(mine, inArray(file.state, [...finalStates])))
  return rows.map((row) => row.id)
}
