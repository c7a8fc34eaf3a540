import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { AppError } from '../errors.ts'
import { log } from '../log.ts'
import { processWide } from '../process-wide.ts'

// Enough for every step under way and the polls between; PostgreSQL's own default limit is 100.
const usualConnections = 20
const statementTimeoutMs = 15_000
// Each connection is a process of the database: a click after a pause finds one open.
const idleTimeoutMs = 60_000

interface Address {
  connectionString?: string
  connectionsAtMost: number
}

function address() {
  return processWide<Address>('database address', () => ({ connectionsAtMost: usualConnections }))
}

/** Says where the database is, before the first use, and how many connections this process may have there. */
export function useDatabase(connectionString: string, connectionsAtMost = usualConnections) {
  Object.assign(address(), { connectionString, connectionsAtMost })
}

export function databaseAddress() {
  const { connectionString } = address()
  if (!connectionString) throw new Error('The database was used before it was opened.')
  return connectionString
}

/** The process's connection pool. */
export function pool() {
  return processWide('database pool', () => {
    const created = new pg.Pool({
      connectionString: databaseAddress(),
      max: address().connectionsAtMost,
      statement_timeout: statementTimeoutMs,
      connectionTimeoutMillis: 5_000,
      idleTimeoutMillis: idleTimeoutMs,
      application_name: 'photofinish',
    })
    // An idle connection that dies (database restarted) is replaced at the next use; unhandled it would end the process.
    created.on('error', (error) =>
      log().warn({ err: error }, 'an idle database connection was lost'),
    )
    // One that dies while it is in use rejects its query; the event, unhandled, would still end the process.
    created.on('connect', (client) => client.on('error', () => {}))
    return created
  })
}

/** The process's typed database. */
export function database() {
  return processWide('database', () => drizzle(pool()))
}
export type Database = ReturnType<typeof database>
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]

/**
 * Runs work in one transaction: all of it is written or nothing. Unlike drizzle's own, it releases its connection also
 * where `begin` already fails; a pool that loses one at each restart of the database would be empty in the end. The
 * connection of a failed transaction is closed, as the pool does after a failed query: it may be a dead one whose end
 * has not been noticed yet, and the next work would be lost on it. A refusal is no failure: it is rolled back by then.
 */
export async function inTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  const client = await pool().connect()
  let isSound = false
  try {
    const result = await drizzle(client).transaction(work)
    isSound = true
    return result
  } catch (error) {
    isSound = error instanceof AppError
    throw error
  } finally {
    client.release(!isSound)
  }
}

/** Ends every connection of the pool. */
export async function closeDatabase() {
  await pool().end()
}

/** Resolves where the database answers. */
export async function pingDatabase() {
  await pool().query('select 1')
}
