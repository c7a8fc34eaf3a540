import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import { databaseAddress } from '../client.ts'

// Any fixed number: it only has to be the same in every process that migrates.
const migrationLock = 7_072_017

/** Brings the schema up to date. Processes that start together wait for one another. */
export async function migrate() {
  const client = new pg.Client({ connectionString: databaseAddress() })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    await runMigrations(drizzle(client), {
      migrationsFolder: join(process.cwd(), 'lib/db/migrations'),
    })
  } finally {
    await client.end()
  }
}
