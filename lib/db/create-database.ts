import pg from 'pg'

/** Makes a database of this name on the server, where there is none yet. */
export async function createDatabase(serverAddress: string, name: string) {
  const client = new pg.Client({ connectionString: serverAddress })
  await client.connect()
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [name])
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
}
