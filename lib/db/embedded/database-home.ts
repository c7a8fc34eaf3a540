import { createHash } from 'node:crypto'
import { cp, mkdir, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { log } from '../../log.ts'
import { type SystemUser, findDatabaseUser } from './database-user.ts'
import { type PostgresBinaries, postgresBinaries } from './postgres-binaries.ts'

/** Where an embedded database lives, what runs it, and as whom. */
export interface DatabaseHome {
  directory: string
  socketDirectory: string
  binaries: PostgresBinaries
  /** Set where we are root, as which PostgreSQL refuses to run. */
  owner: SystemUser | undefined
}

// A Unix socket's path has at most 107 characters; `/.s.PGSQL.5432` takes 14 of them.
const socketDirectoryMaxLength = 90
const rootHome = '/var/lib/photofinish'

/**
 * Finds the home for a data directory: `<data>/postgres`. As root, where the database's user cannot reach that
 * place or the binaries (a checkout under /root, say), both are kept under /var/lib/photofinish instead.
 */
export async function findDatabaseHome(dataDirectory: string): Promise<DatabaseHome> {
  const binaries = await postgresBinaries()
  const owner = process.getuid?.() === 0 ? await findDatabaseUser() : undefined
  const directory = join(dataDirectory, 'postgres')
  await mkdir(dataDirectory, { recursive: true })
  if (!owner) return home(directory, binaries, owner)

  const place = (await isReachable(dataDirectory)) ? directory : await elsewhere(directory)
  const reachableBinaries = (await isReachable(binaries.postgres))
    ? binaries
    : await copyBinaries(binaries)
  return home(place, reachableBinaries, owner)
}

function home(
  directory: string,
  binaries: PostgresBinaries,
  owner: SystemUser | undefined,
): DatabaseHome {
  const hash = createHash('sha256').update(directory).digest('hex').slice(0, 16)
  const socketDirectory =
    directory.length <= socketDirectoryMaxLength ? directory : join(tmpdir(), `photofinish-${hash}`)
  return { directory, socketDirectory, binaries, owner }
}

/** Whether others may pass every folder on the way. */
async function isReachable(path: string) {
  for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) {
    const { mode } = await stat(folder)
    if (!(mode & 0o001)) return false
  }
  return true
}

async function elsewhere(directory: string) {
  const hash = createHash('sha256').update(directory).digest('hex').slice(0, 16)
  const place = join(rootHome, hash)
  await mkdir(rootHome, { recursive: true, mode: 0o755 })
  log().info({ place }, 'the database lives here: its user may not enter the data directory')
  return place
}

async function copyBinaries(binaries: PostgresBinaries): Promise<PostgresBinaries> {
  const native = dirname(dirname(binaries.postgres))
  const hash = createHash('sha256').update(binaries.version).digest('hex').slice(0, 16)
  const target = join(rootHome, `runtime-${hash}`)
  if (!(await stat(target).catch(() => null))) {
    const half = `${target}.${process.pid}`
    await mkdir(rootHome, { recursive: true, mode: 0o755 })
    await cp(native, half, { recursive: true, verbatimSymlinks: true })
    // Renamed whole, so that a copy cut short is never taken for a runtime. Race lost: the other copy is as good.
    await rename(half, target).catch(() => rm(half, { recursive: true, force: true }))
  }
  const at = (name: string) => join(target, 'bin', name)
  return { ...binaries, initdb: at('initdb'), pg_ctl: at('pg_ctl'), postgres: at('postgres') }
}
