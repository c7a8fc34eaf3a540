import { setTimeout as sleep } from 'node:timers/promises'
import { databaseAddress } from '#lib/db/client'
import { DrizzleQueryError } from 'drizzle-orm'
import pg from 'pg'

const awayMs = 150

/** Takes the generations out of the database for a moment: `away` is its beginning, `over` its end. */
export function stumble(): { away: Promise<unknown>; over: Promise<void> } {
  const client = new pg.Client({ connectionString: databaseAddress() })
  const away = client
    .connect()
    .then(() => client.query('alter table generation rename to generation_away'))
  const restore = async () => {
    await away
    await sleep(awayMs)
    await client.query('alter table generation_away rename to generation')
    await client.end()
  }
  return { away, over: restore() }
}

/** Whether an error is that of a look for the generations while they were away: as without a database. */
export function isOfStumble(error: unknown) {
  const undefinedTable = '42P01'
  const cause = error instanceof DrizzleQueryError ? error.cause : error
  return cause instanceof pg.DatabaseError && cause.code === undefinedTable
}
