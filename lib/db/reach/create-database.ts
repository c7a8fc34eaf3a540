import pg from 'pg'

// duplicate_database, and unique_violation where two create it at the same moment.
const madeByAnother = new Set(['42P04', '23505'])

/** Creates a database of this name on the server, where there is none yet. */
export async function createDatabase(serverAddress: string, name: string) {
  const client = new pg.Client({ connectionString: serverAddress })
  await client.connect()
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [name])
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`)
  } catch (error) {
    if (!madeByAnother.has((error as pg.DatabaseError).code ?? '')) throw error
  } finally {
    await client.end()
  }
}
