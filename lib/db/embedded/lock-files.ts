import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { link, readFile, readlink, realpath, rename, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { log } from '../../log.ts'
import type { DatabaseHome } from './database-home.ts'

// What a PostgreSQL leaves behind when it is killed: its socket, and lock files with its process id, which another
// process may have by now. Neither says that it runs.

const run = promisify(execFile)
const connectMs = 2_000
const socketName = '.s.PGSQL.5432'

/** Running means that the socket takes connections. One that takes them too slowly is busy, and runs. */
export function isAnswering({ socketDirectory }: DatabaseHome): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = connect(join(socketDirectory, socketName))
  socket.setTimeout(connectMs, () => resolve(true))
  socket.once('connect', () => resolve(true))
  socket.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code === 'EAGAIN'))
  return promise.finally(() => socket.destroy())
}

/**
 * Resolves once the server drops a connection or takes none, after `ms` at the latest, and at once when `until` is aborted.
 * It starts a process for each connection, so one that is kept is a cheaper sign of life than one a look. PostgreSQL itself
 * gives one up that says nothing for a minute (its `authentication_timeout`), and logs that.
 */
export function connectionEnds(
  { socketDirectory }: DatabaseHome,
  ms: number,
  until: AbortSignal,
): Promise<void> {
  if (until.aborted) return Promise.resolve()
  const { promise, resolve } = Promise.withResolvers<void>()
  const socket = connect({ path: join(socketDirectory, socketName), signal: until })
  socket.setTimeout(ms, () => socket.destroy())
  // What went wrong says nothing more: the end is what is told.
  socket.on('error', () => {}).once('close', () => resolve())
  socket.resume()
  return promise
}

/** The process of the server that runs on this directory; undefined where the lock file is stale or not there. */
export async function serverPid({ directory }: DatabaseHome): Promise<number | undefined> {
  const pid = await pidIn(join(directory, 'postmaster.pid'))
  return pid !== undefined && (await isServerOf(pid, directory)) ? pid : undefined
}

const unreadableMs = 1_000
const leavingMs = 5_000

/**
 * Makes way for a start where no socket answers: lock files are removed unless a PostgreSQL on this very directory has
 * them. One that is just ending is waited for. Throws where one runs on that cannot be reached.
 */
export async function clearStaleLocks(home: DatabaseHome) {
  for (const begin = Date.now(); ; await sleep(100)) {
    const pid = await serverPid(home)
    if (pid === undefined || (await isAnswering(home))) break
    if (Date.now() - begin > leavingMs)
      throw new Error(
        `PostgreSQL runs as process ${pid} on ${home.directory}, but its socket does not answer. ` +
          `End it (kill -INT ${pid}), then start again.`,
      )
  }
  if (await isAnswering(home)) return
  await removeStale(home, join(home.directory, 'postmaster.pid'))
  await removeStale(home, join(home.socketDirectory, `${socketName}.lock`))
}

async function removeStale({ directory }: DatabaseHome, path: string) {
  let pid = await pidIn(path)
  if (pid === undefined) return
  // A server that starts right now has made the file, and not yet written it.
  if (Number.isNaN(pid)) {
    await sleep(unreadableMs)
    pid = await pidIn(path)
  }
  if (pid === undefined || (await isServerOf(pid, directory))) return
  log().warn({ path, pid }, 'a lock file without its server is removed')
  await removeJudged(path, pid)
}

/** Taken aside first: what another process has put there meanwhile is not what was judged, and goes back. */
async function removeJudged(path: string, judged: number) {
  const aside = `${path}.${randomBytes(4).toString('hex')}`
  await rename(path, aside).catch(() => {})
  const found = await pidIn(aside)
  if (found !== undefined && !Object.is(found, judged))
    await link(aside, path).catch(() => log().warn({ path }, 'a lock file was not put back'))
  await rm(aside, { force: true })
}

/** The process id in a lock file: NaN where it is empty or garbled, undefined where there is no file. */
async function pidIn(path: string) {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw new Error(`The lock file ${path} cannot be read. Move it away, then start again.`, {
      cause: error,
    })
  })
  if (text === undefined) return undefined
  const [, digits] = /^(\d{1,10})\s*$/m.exec(text.split('\n')[0]!) ?? []
  return digits && Number(digits) > 0 ? Number(digits) : Number.NaN
}

/** Whether a process is a PostgreSQL on this directory, and not another one that was given its number since. */
async function isServerOf(pid: number, directory: string) {
  if (Number.isNaN(pid) || !isAlive(pid)) return false
  const command = await commandOf(pid)
  if (!/(^|\/)postgres(:|\s|\0|$)/.test(command)) return false
  if (process.platform !== 'linux') return command.includes(directory)
  // A server works in its data directory; its command line may name it otherwise.
  const [itsFolder, ours] = await Promise.all([
    readlink(`/proc/${pid}/cwd`).catch(() => undefined),
    realpath(directory).catch(() => directory),
  ])
  return itsFolder === ours
}

export function isAlive(pid: number) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The command line of a process, its words apart by NUL or by spaces; empty where it cannot be told. */
export async function commandOf(pid: number) {
  if (process.platform === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return run('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).then(
    ({ stdout }) => stdout,
    () => '',
  )
}
