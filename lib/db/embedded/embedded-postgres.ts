import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chown, mkdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { log } from '../../log.ts'
import { type DatabaseHome, findDatabaseHome } from './database-home.ts'
import { createDatabase } from '../create-database.ts'

const run = promisify(execFile)

export interface EmbeddedPostgres {
  connectionString: string
  /** True where a server was found running, left behind by a process that was killed. */
  wasAdopted: boolean
  stop(): Promise<void>
}

/**
 * Brings up the PostgreSQL of a data directory: creates it at the first start, adopts a server that is already
 * running, else starts one. It listens only on a Unix socket inside its own directory, so it takes no port, needs
 * no password and is out of reach of other users of the machine.
 *
 * The server is started through `pg_ctl` and not as our child: Ctrl+C must not end it before we have closed, and
 * `kill -9` on us must not leave it half stopped.
 */
export async function startEmbeddedPostgres(dataDirectory: string): Promise<EmbeddedPostgres> {
  const home = await findDatabaseHome(dataDirectory)
  await initialise(home)
  const wasAdopted = await isRunning(home)
  if (!wasAdopted) await start(home)
  await whenReady(() => createDatabase(connectionString(home, 'postgres'), 'photofinish'))
  return {
    connectionString: connectionString(home, 'photofinish'),
    wasAdopted,
    stop: () => stop(home),
  }
}

const readyMs = 30_000
const notReadyYet = new Set(['ENOENT', 'ECONNREFUSED', '57P03'])

/** A server that another process has only just started is there before it takes connections. */
async function whenReady(connect: () => Promise<void>) {
  for (const begin = Date.now(); ; await sleep(100)) {
    try {
      return await connect()
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (!notReadyYet.has(code) || Date.now() - begin > readyMs) throw error
    }
  }
}

/** Created under another name and renamed whole: a start that is killed, or two at once, leave no half a database. */
async function initialise(home: DatabaseHome) {
  if (existsSync(join(home.directory, 'PG_VERSION'))) return
  const half = `${home.directory}.${randomBytes(4).toString('hex')}`
  await mkdir(half, { recursive: true, mode: 0o700 })
  if (home.owner) await chown(half, home.owner.uid, home.owner.gid)
  const settings = ['--auth=trust', '--username=postgres', '--encoding=UTF8', '--locale=C']
  await run(home.binaries.initdb, ['-D', half, ...settings], asOwner(home))
  // Race lost: the other cluster is as good.
  await rename(half, home.directory).catch(() => rm(half, { recursive: true, force: true }))
}

async function start(home: DatabaseHome) {
  await prepareSocketDirectory(home)
  const options = `-c listen_addresses='' -c unix_socket_permissions=0700 -k '${home.socketDirectory}'`
  const logFile = join(home.directory, 'server.log')
  try {
    await pgCtl(home, 'start', '-w', '-t', '30', '-l', logFile, '-o', options)
  } catch (error) {
    // Another process may have started it in the same moment; then it is there to be adopted.
    if (await isRunning(home)) return
    const tail = (await readFile(logFile, 'utf8').catch(() => '')).slice(-2_000)
    throw new Error(`The embedded database did not start. Its log ends with:\n${tail}`, {
      cause: error,
    })
  }
}

async function stop(home: DatabaseHome) {
  await pgCtl(home, 'stop', '-m', 'fast', '-w', '-t', '4').catch(async (error: unknown) => {
    if (await isRunning(home)) throw error
  })
}

/** Only where the socket cannot be in the database's own directory. Throws where the folder is not ours alone. */
async function prepareSocketDirectory({ socketDirectory, directory, owner }: DatabaseHome) {
  if (socketDirectory === directory) return
  await mkdir(socketDirectory, { recursive: true, mode: 0o700 })
  if (owner) await chown(socketDirectory, owner.uid, owner.gid)
  const { uid, mode } = await stat(socketDirectory)
  if (uid !== (owner?.uid ?? process.getuid?.()) || mode & 0o077)
    throw new Error(`${socketDirectory} belongs to another user. Set DATA_DIR to a shorter path.`)
}

async function isRunning(home: DatabaseHome) {
  return pgCtl(home, 'status').then(
    () => true,
    () => false,
  )
}

async function pgCtl(home: DatabaseHome, ...args: string[]) {
  const { stdout } = await run(home.binaries.pg_ctl, ['-D', home.directory, ...args], asOwner(home))
  log().debug({ pgCtl: args[0], stdout }, 'pg_ctl')
}

function asOwner({ owner, directory }: DatabaseHome) {
  // pg_ctl looks at its working directory; ours may be closed to the owner.
  return {
    ...owner,
    cwd: existsSync(directory) ? directory : '/',
    env: { ...process.env, LC_ALL: 'C' },
  }
}

function connectionString({ socketDirectory }: DatabaseHome, database: string) {
  return `postgresql://postgres@/${database}?host=${encodeURIComponent(socketDirectory)}`
}
