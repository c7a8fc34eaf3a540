import { sql } from 'drizzle-orm'
import { database } from '../db/client.ts'

/** So many notices of a minute for one address are told in one message. */
export const digestFrom = 5

/** How many more of a user's videos may end at any moment, counted as far as a digest needs it. */
export async function videosUnderWay(userId: string, ownerId: string) {
  const { rows } = await database().execute(sql`
    select from generation
    where owner_id = ${ownerId} and coalesce(started_by, owner_id) = ${userId}
      and deleted_at is null and state not in ('completed', 'failed', 'canceled')
      and state in ('submitting', 'waiting', 'storing') and not is_delayed
    limit ${digestFrom}`)
  return rows.length
}
