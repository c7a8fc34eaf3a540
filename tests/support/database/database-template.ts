import pg from 'pg'

/** The database that every test file gets a copy of. */
export const templateName = 'template_of_tests'

/** The address of another database on the same server. */
export function addressOn(serverAddress: string, name: string) {
  return serverAddress.replace(/\/[^/?]*(?=\?|$)/, `/${name}`)
}

/** Runs one statement on a server. */
export async function runOn(serverAddress: string, statement: string) {
  const client = new pg.Client({ connectionString: serverAddress })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

// Commits still leave the process before they are told of: tests kill it. No table here lives long enough to be vacuumed.
// Each of four workers may have a full pool, a queue and what a test opens beside them.
const settings = { fsync: 'off', full_page_writes: 'off', autovacuum: 'off', max_connections: 300 }

/**
 * Has a server flush nothing to disk, at once and from its next start on: its data need not outlive the machine. From
 * that start it also takes the connections of all tests together.
 */
export async function settleForSpeed(serverAddress: string) {
  for (const [name, value] of Object.entries(settings))
    await runOn(serverAddress, `alter system set ${name} = ${value}`)
  await runOn(serverAddress, 'select pg_reload_conf()')
}
