import pg from 'pg'

const patienceMs = 10_000

/**
 * Connects once to the database at `DATABASE_URL`. Throws a sentence that says what to do where that fails, with
 * nothing of the address: any part of it may be a piece of a password that was written unencoded.
 */
export async function reachDatabase(connectionString: string) {
  let client: pg.Client | undefined
  try {
    client = new pg.Client({ connectionString, connectionTimeoutMillis: patienceMs })
    client.on('error', () => {})
    await client.connect()
    await client.query('select 1')
  } catch (error) {
    throw new Error(`The database at DATABASE_URL cannot be used: ${reasonOf(error)}`, {
      cause: error,
    })
  } finally {
    await client?.end().catch(() => {})
  }
}

const refusesUser =
  'it refuses the user or the password. Correct them, or let the user in (pg_hba.conf).'
const unknownHost =
  'its host is not known. Correct it; in a password write @ as %40, / as %2F and # as %23.'
const noSocket = 'there is no socket of PostgreSQL in that folder. Start it, or correct the folder.'

const reasons: Record<string, string> = {
  ECONNREFUSED: 'nothing answers at its host and port. Start it, or correct them.',
  ECONNRESET: 'it ended the connection. Correct host and port, or look into its log.',
  ENOTFOUND: unknownHost,
  EAI_AGAIN: unknownHost,
  ENOENT: noSocket,
  EACCES: 'this user may not use its socket. Change the permissions, or use a host.',
  ETIMEDOUT: 'its host does not answer. Correct it, or let this machine through its firewall.',
  EHOSTUNREACH: 'its host cannot be reached from here.',
  ENETUNREACH: 'its host cannot be reached from here.',
  ERR_INVALID_URL: 'it is no address. In a password write @ as %40, / as %2F and # as %23.',
  '28P01': refusesUser,
  '28000': refusesUser,
  '3D000': 'the server has no database of that name. Make it (createdb), or correct the name.',
  '42501': 'the user may not use that database. Grant it, or name its owner.',
  '53300': 'the server takes no more connections. Raise max_connections, or end others.',
  '57P03': 'it is starting or stopping. Try again in a moment.',
}

// What has no code, by what is said of it.
const bySaying: [words: RegExp, reason: string][] = [
  [/password must be a string/i, 'it asks for a password, and the address has none.'],
  [/timeout/i, reasons.ETIMEDOUT!],
  [
    /ssl|tls|certificate|self.signed/i,
    'TLS fails. Correct sslmode and sslrootcert in the address.',
  ],
]

function reasonOf(error: unknown) {
  const { code = '', message, syscall } = error as NodeJS.ErrnoException
  // A file that the address names.
  if (syscall === 'open') return `sslrootcert, sslcert or sslkey cannot be read (${code}).`
  const said = bySaying.find(([words]) => words.test(`${code} ${message}`))?.[1]
  return reasons[code] ?? said ?? `${code || 'its answer is not understood'}.`
}
