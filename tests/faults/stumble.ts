import { setTimeout as sleep } from 'node:timers/promises'
import { databaseAddress } from '#lib/db/client'
import pg from 'pg'

const awayMs = 150

/** Takes the files out of the database for a moment; `over` is the end of that. */
export async function stumble(): Promise<{ over: Promise<void> }> {
  const client = new pg.Client({ connectionString: databaseAddress() })
  await client.connect()
  await client.query('alter table file rename to file_away')
  const restore = async () => {
    await sleep(awayMs)
    await client.query('alter table file_away rename to file')
    await client.end()
  }
  return { over: restore() }
}
