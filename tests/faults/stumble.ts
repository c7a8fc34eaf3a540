import { setTimeout as sleep } from 'node:timers/promises'
import { databaseAddress } from '#lib/db/client'
import { DrizzleQueryError } from 'drizzle-orm'
import pg from 'pg'

const awayMs = 150

/** Takes the files out of the database for a moment: `away` is its beginning, `over` its end. */
export function stumble(): { away: Promise<unknown>; over: Promise<void> } {
  const client = new pg.Client({ connectionString: databaseAddress() })
  const away = client.connect().then(() => client.query('alter table file rename to file_away'))
  const restore = async () => {
    await away
    await sleep(awayMs)
    await client.query('alter table file_away rename to file')
    await client.end()
  }
  return { away, over: restore() }
}

/** Whether somebody looked for the files while they were away, and gave up as he does without a database. */
export function isOfStumble(error: unknown) {
  const undefinedTable = '42P01'
  const cause = error instanceof DrizzleQueryError ? error.cause : error
  return cause instanceof pg.DatabaseError && cause.code === undefinedTable
}
