import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { type Transaction, databaseAddress } from '#lib/db/client'

/** Thrown where the process of a transaction would have ended. */
export class Crashed extends Error {
  override readonly name = 'Crashed'
}

/**
 * Runs work in a transaction on a connection of its own, which is lost in front of its nth statement (`begin` is the
 * first, `commit` the last). With the number of statements there are, it is lost in front of `commit`; with more, right
 * after it.
 */
export async function inCrashingTransaction<T>(
  crashAt: number,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: databaseAddress() })
  client.on('error', () => {})
  await client.connect()
  const send = client.query.bind(client) as (...given: unknown[]) => unknown
  let sent = 0
  client.query = ((...given: unknown[]) => {
    sent += 1
    if (sent < crashAt) return send(...given)
    cut(client)
    throw new Crashed()
  }) as typeof client.query
  try {
    const result = await drizzle(client).transaction(work)
    if (sent < crashAt - 1) return result
  } catch (error) {
    if (sent < crashAt) throw error
  } finally {
    if (sent < crashAt - 1) await client.end()
    else cut(client)
  }
  throw new Crashed()
}

function cut(client: pg.Client) {
  const { connection } = client as unknown as { connection: { stream: { destroy(): void } } }
  connection.stream.destroy()
}

/**
 * Runs work whose transactions are the product's own: the connection of one is lost in front of the nth statement that
 * is sent in any of them (`begin` and `commit` count). Answers whether it came to that.
 */
export async function losingTheConnection(crashAt: number, work: () => Promise<unknown>) {
  const { query } = pg.Client.prototype
  const inTransaction = new WeakSet<pg.Client>()
  let sent = 0
  pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
    const text = String((given[0] as { text?: string }).text ?? given[0])
    if (/^begin\b/i.test(text)) inTransaction.add(this)
    if (inTransaction.has(this) && ++sent === crashAt) {
      cut(this)
      throw new Crashed()
    }
    if (/^(commit|rollback)\b/i.test(text)) inTransaction.delete(this)
    return (query as (...all: unknown[]) => unknown).apply(this, given)
  } as typeof query
  try {
    await work()
  } catch (error) {
    if (sent < crashAt) throw error
  } finally {
    pg.Client.prototype.query = query
  }
  return sent >= crashAt
}
