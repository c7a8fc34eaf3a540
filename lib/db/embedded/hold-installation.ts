import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { log } from '../../log.ts'

// Any fixed number: it only has to be the same in every process that serves a data directory.
const installationLock = 7_072_018
const retryMs = 1_000

export interface HeldInstallation {
  release(): Promise<void>
}

/**
 * Makes sure that one server at a time serves a data directory: the lock lives in its database and ends with this
 * process, however it ends. Throws a sentence where another process has it. Taken again after the database was away.
 */
export async function holdInstallation(
  connectionString: string,
  dataDirectory: string,
): Promise<HeldInstallation> {
  const released = new AbortController()
  let client = await takeLock(connectionString)
  if (!client)
    throw new Error(
      `Another Photofinish is serving ${dataDirectory}. Stop it first, or set DATA_DIR to another folder.`,
    )
  const keep = async () => {
    while (!released.signal.aborted) {
      await new Promise((resolve) => client?.once('end', resolve))
      client = undefined
      while (!released.signal.aborted && !client) {
        await sleep(retryMs)
        client = await takeLock(connectionString).catch(() => undefined)
      }
    }
  }
  void keep()
  return {
    async release() {
      released.abort()
      await client?.end()
    },
  }
}

async function takeLock(connectionString: string) {
  const client = new pg.Client({
    connectionString,
    application_name: `photofinish server, process ${process.pid}`,
    keepAlive: true,
  })
  client.on('error', (error) =>
    log().warn({ err: error }, 'the lock on the data directory was lost'),
  )
  await client.connect()
  const lock = await client.query('select pg_try_advisory_lock($1) as held', [installationLock])
  if (lock.rows[0].held) return client
  await client.end()
  return undefined
}
