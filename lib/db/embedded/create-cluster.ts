import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdir, readFile, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { isThere } from './data-folder.ts'
import { type DatabaseHome, asOwner } from './database-home.ts'

const run = promisify(execFile)
const unfinished = /\.unfinished-[0-9a-f]{8}$/
const abandonedMs = 60 * 60_000

/**
 * Makes the cluster at the first start, under another name and renamed whole: a start that is killed, or two at once,
 * leave no half a database. Throws a sentence where what is there is no cluster of ours; never removes one.
 */
export async function createCluster(home: DatabaseHome, signal?: AbortSignal) {
  if (await isCluster(home)) return assertUsable(home)
  const half = `${home.directory}.unfinished-${randomBytes(4).toString('hex')}`
  await removeAbandoned(home.directory)
  await mkdir(half, { recursive: true, mode: 0o700 })
  try {
    if (home.owner) await chown(half, home.owner.uid, home.owner.gid)
    const settings = ['--auth=trust', '--username=postgres', '--encoding=UTF8', '--locale=C']
    await run(home.binaries.initdb, ['-D', half, ...settings], { ...asOwner(home, half), signal })
    await rename(half, home.directory)
  } catch (error) {
    await rm(half, { recursive: true, force: true })
    // Race lost: the other cluster is as good.
    if (await isCluster(home)) return
    if (signal?.aborted) throw error
    throw new Error(`The database could not be made in ${home.directory}. ${wordsOf(error)}`, {
      cause: error,
    })
  }
}

async function isCluster({ directory }: DatabaseHome) {
  const found = await readdir(directory).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return []
    throw new Error(`${directory} cannot be read as a folder. ${moveAway}`, { cause: error })
  })
  if (found.includes('PG_VERSION')) return true
  if (found.length === 0) return false
  throw new Error(
    `${directory} holds no whole database (PG_VERSION is missing), and was left as it is. ${moveAway}`,
  )
}

const moveAway = 'Move it away to begin with an empty one, or restore a backup; then start again.'

/** What PostgreSQL itself would refuse, in words that say what to do. */
async function assertUsable(home: DatabaseHome) {
  const { directory, binaries, owner } = home
  const version = (await readFile(join(directory, 'PG_VERSION'), 'utf8')).trim()
  const [ours] = binaries.version.split('.')
  if (version !== ours)
    throw new Error(
      /^\d+$/.test(version)
        ? `The database in ${directory} was made by PostgreSQL ${version}; this is ${ours}. Use the Photofinish it was made with, or set DATA_DIR.`
        : `The database in ${directory} is damaged (PG_VERSION is unreadable), and was left as it is. ${moveAway}`,
    )
  if (!(await isThere(join(directory, 'global', 'pg_control'))))
    throw new Error(
      `The database in ${directory} is not whole (global/pg_control is missing), and was left as it is. ${moveAway}`,
    )
  const { uid, mode } = await stat(directory)
  const expected = owner?.uid ?? process.getuid?.()
  if (uid !== expected)
    throw new Error(
      `The database in ${directory} belongs to user ${uid}; it has to be ${expected}. ` +
        `Start as that user, or run: chown -R ${expected} '${directory}'`,
    )
  // A copy made without its permissions; PostgreSQL refuses what others may read.
  if (mode & 0o027) await chmod(directory, 0o700)
}

/** What starts left behind that were killed while they made a cluster: never used, and never a database. */
async function removeAbandoned(directory: string) {
  const folder = dirname(directory)
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    if (!name.startsWith(basename(directory)) || !unfinished.test(name)) continue
    const made = await stat(join(folder, name)).catch(() => undefined)
    if (made && Date.now() - made.mtimeMs > abandonedMs)
      await rm(join(folder, name), { recursive: true, force: true })
  }
}

function wordsOf(error: unknown) {
  const { stderr, message } = error as { stderr?: string; message: string }
  return stderr?.trim() || message
}
