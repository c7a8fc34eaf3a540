import { sql } from 'drizzle-orm'
import type pg from 'pg'
import { inTransaction } from '../client.ts'

// Any fixed number: it only has to be the same in every process.
const removalLock = 7_072_019

/**
 * Removes stored bytes, unless a backup is being made: the rows it has may name them, and it copies them after the
 * rows. Answers false where they stay for now.
 */
export function removeUnlessBackedUp(remove: () => Promise<unknown>): Promise<boolean> {
  return inTransaction(async (tx) => {
    const { rows } = await tx.execute<{ free: boolean }>(
      sql`select pg_try_advisory_xact_lock_shared(${removalLock}) as free`,
    )
    if (!rows[0]?.free) return false
    await remove()
    return true
  })
}

/** From now on, and until the connection ends, no stored bytes are removed. Waits for removals under way. */
export async function holdRemovals(connection: pg.Client) {
  await connection.query('select pg_advisory_lock($1)', [removalLock])
}
