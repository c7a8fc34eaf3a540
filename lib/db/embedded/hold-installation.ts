import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { log } from '../../log.ts'

// Any fixed number: it only has to be the same in every process that serves a data directory.
const installationLock = 7_072_018
const retryMs = 1_000
const lookMs = 250

export interface HeldInstallation {
  release(): Promise<void>
}

interface Patience {
  /** How long one that is just ending is waited for. */
  patienceMs?: number
  /** Starts the database again, which such a one takes with it. */
  revive?: () => Promise<void>
}

/**
 * Makes sure that one server at a time serves a data directory: the lock lives in its database and ends with this
 * process, however it ends. Throws a sentence where another process has it. Taken again after the database was away.
 */
export async function holdInstallation(
  connectionString: string,
  dataDirectory: string,
  patience: Patience = {},
): Promise<HeldInstallation> {
  const released = new AbortController()
  let client = await takeFirst(connectionString, patience)
  if (!client)
    throw new Error(
      `Another Photofinish is serving ${dataDirectory}. Stop it first${await holderOf(connectionString)}, or set DATA_DIR to another folder.`,
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

async function takeFirst(connectionString: string, { patienceMs = 0, revive }: Patience) {
  for (const begin = Date.now(); ; await sleep(lookMs)) {
    const client = await takeLock(connectionString).catch(async (error: unknown) => {
      if (!revive) throw error
      await revive()
      return undefined
    })
    if (client || Date.now() - begin >= patienceMs) return client
  }
}

/** Which process has the lock, for the operator; empty where it cannot be told. */
async function holderOf(connectionString: string) {
  const client = new pg.Client({ connectionString })
  try {
    await client.connect()
    const { rows } = await client.query<{ name: string }>(
      `select application_name as name from pg_locks join pg_stat_activity using (pid)
       where locktype = 'advisory' and objid = $1 and granted`,
      [installationLock],
    )
    const [, pid] = /process (\d+)/.exec(rows[0]?.name ?? '') ?? []
    return pid ? ` (process ${pid})` : ''
  } catch {
    return ''
  } finally {
    await client.end().catch(() => {})
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
