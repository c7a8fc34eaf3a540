import { spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { type FileHandle, chown, mkdir, open, rmdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createDatabase } from '../reach/create-database.ts'
import { createCluster } from './create-cluster.ts'
import { openDataFolder } from './data-folder.ts'
import { type DatabaseHome, asOwner, findDatabaseHome } from './database-home.ts'
import { clearStaleLocks, connectionEnds, isAlive, isAnswering, serverPid } from './lock-files.ts'

export interface EmbeddedPostgres {
  connectionString: string
  /** Where its data lies: under the data directory, or where its user may enter. */
  directory: string
  /** True where a server was found running, left behind by a process that was killed. */
  wasAdopted: boolean
  isAnswering(): Promise<boolean>
  /** Resolves once it drops a connection, after `ms` at the latest, and at once when `until` is aborted. */
  connectionEnds(ms: number, until: AbortSignal): Promise<void>
  /** Starts it again where it does not run; resolves once it takes queries. */
  start(): Promise<void>
  stop(): Promise<void>
}

interface StartOptions {
  signal?: AbortSignal
  mayBeRestoring?: boolean
  /** Has root run a database that is there as the user it belongs to. */
  asItsOwner?: boolean
}

/**
 * Brings up the PostgreSQL of a data directory: creates it at the first start, adopts a server that is already
 * running, else starts one. It listens only on a Unix socket inside its own directory, so it takes no port, needs
 * no password and is out of reach of other users of the machine.
 *
 * The server runs in a session of its own: Ctrl+C must not end it before we have closed, and `kill -9` on us must not
 * leave it half stopped. No shell reads its command, so a path may hold any character.
 */
export async function startEmbeddedPostgres(
  dataDirectory: string,
  { signal, mayBeRestoring = false, asItsOwner = false }: StartOptions = {},
): Promise<EmbeddedPostgres> {
  await openDataFolder(dataDirectory, { mayBeRestoring })
  const home = await findDatabaseHome(dataDirectory, { asItsOwner })
  await createCluster(home, signal)
  signal?.throwIfAborted()
  const wasAdopted = await bringUp(home)
  return {
    connectionString: connectionString(home, 'photofinish'),
    directory: home.directory,
    wasAdopted,
    isAnswering: () => isAnswering(home),
    connectionEnds: (ms, until) => connectionEnds(home, ms, until),
    start: async () => void (await bringUp(home)),
    stop: () => stop(home),
  }
}

const readyMs = 30_000
const notReadyYet = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P03', '57P01'])

/**
 * Starts the server unless it runs, until it takes queries: one that another process has only just started is there
 * before that, and one that is just ending has to be started again. Answers whether it was found running.
 */
async function bringUp(home: DatabaseHome): Promise<boolean> {
  let wasRunning = true
  for (const begin = Date.now(); ; await sleep(100)) {
    if (!(await isAnswering(home))) {
      wasRunning = false
      await launch(home)
    }
    try {
      await createDatabase(connectionString(home, 'postgres'), 'photofinish')
      return wasRunning
    } catch (error) {
      const { code = '', message } = error as NodeJS.ErrnoException
      const isPassing = notReadyYet.has(code) || /terminated unexpectedly/.test(message)
      if (!isPassing || Date.now() - begin > readyMs) throw error
    }
  }
}

const socketMs = 30_000
const rivalMs = 2_000

/** Starts the server and waits for its socket. Where another process starts it in the same moment, that one is it. */
async function launch(home: DatabaseHome) {
  await prepareSocketDirectory(home)
  await clearStaleLocks(home)
  const logFile = await openLog(home)
  try {
    const { size } = await logFile.stat()
    const ended = spawnServer(home, logFile.fd)
    let end: string | undefined
    void ended.then((how) => (end = how))
    for (let deadline = Date.now() + socketMs; Date.now() < deadline; await sleep(50)) {
      if (await isAnswering(home)) return
      if (end !== undefined) deadline = Math.min(deadline, Date.now() + rivalMs)
      if (end !== undefined && (await serverPid(home)) === undefined) break
    }
    if (await isAnswering(home)) return
    const words = (await wordsSince(home, size)) || `It ended with ${end ?? 'no word'}.`
    throw new Error(
      `The embedded database in ${home.directory} did not start. Its log (server.log there) says:\n${words}`,
    )
  } finally {
    await logFile.close()
  }
}

/** Answers, once it has ended, with what. */
function spawnServer(home: DatabaseHome, logFile: number) {
  const { directory, socketDirectory, binaries } = home
  // In its own directory the socket needs no path, which PostgreSQL would read as a list.
  const place = socketDirectory === directory ? '.' : `"${socketDirectory}"`
  const settings = ['listen_addresses=', 'unix_socket_permissions=0700', 'port=5432']
  const args = ['-D', directory, ...settings.flatMap((one) => ['-c', one]), '-k', place]
  const { promise, resolve } = Promise.withResolvers<string>()
  const server = spawn(binaries.postgres, args, {
    ...asOwner(home),
    detached: true,
    stdio: ['ignore', logFile, logFile],
  })
  server.once('error', ({ message }) => resolve(message))
  server.once('exit', (code, signal) => resolve(String(signal ?? code)))
  server.unref()
  return promise
}

/** Not through a link: as root we write here with more rights than the database's user has. */
async function openLog({ directory, owner }: DatabaseHome) {
  const { O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW } = constants
  const file = join(directory, 'server.log')
  const flags = O_APPEND | O_CREAT | O_WRONLY | O_NOFOLLOW
  const handle = await open(file, flags, 0o600).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException
    throw new Error(`${file} cannot be written (${code}). Move it away, then start again.`, {
      cause: error,
    })
  })
  if (owner) await handle.chown(owner.uid, owner.gid)
  return handle
}

const wordsAtMost = 2_000

async function wordsSince({ directory }: DatabaseHome, begin: number) {
  let handle: FileHandle | undefined
  try {
    handle = await open(join(directory, 'server.log'), 'r')
    const { size } = await handle.stat()
    const from = Math.max(begin, size - wordsAtMost)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(wordsAtMost), { position: from })
    return buffer.toString('utf8', 0, bytesRead).trim()
  } catch {
    return ''
  } finally {
    await handle?.close()
  }
}

const stopMs = 4_000

/** Ends the server where it runs. Throws where it goes on closing for longer than a shutdown of ours may take. */
async function stop(home: DatabaseHome) {
  const pid = await serverPid(home)
  if (pid === undefined) return
  if (await isAnswering(home)) process.kill(pid, 'SIGINT')
  for (const begin = Date.now(); (await serverPid(home)) === pid && isAlive(pid); await sleep(20))
    if (Date.now() - begin > stopMs)
      throw new Error(`The embedded database (process ${pid}) is still closing.`)
  // It is empty then, and made again at the next start.
  if (home.socketDirectory !== home.directory) await rmdir(home.socketDirectory).catch(() => {})
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

function connectionString({ socketDirectory }: DatabaseHome, database: string) {
  return `postgresql://postgres@/${database}?host=${encodeURIComponent(socketDirectory)}`
}
