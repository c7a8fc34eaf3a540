import { createHash } from 'node:crypto'
import { cp, mkdir, realpath, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
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

// A Unix socket's path has at most 107 bytes (103 on some systems); `/.s.PGSQL.5432` takes 14 of them.
const socketDirectoryMaxBytes = 88
// What is put into a folder's name there.
const hashed = '/photofinish-0123456789abcdef'
const rootHome = '/var/lib/photofinish'

/**
 * Finds the home for a data directory: `<data>/postgres`. As root, where the database's user cannot reach that place or
 * the binaries (a checkout under /root, say), both are kept under /var/lib/photofinish instead. A database that is there
 * already is never passed over for an empty one. `asItsOwner` has root run it as the user it belongs to, for a backup.
 */
export async function findDatabaseHome(
  dataDirectory: string,
  { asItsOwner = false } = {},
): Promise<DatabaseHome> {
  const binaries = await postgresBinaries()
  const directory = join(dataDirectory, 'postgres')
  if (process.getuid?.() !== 0) return home(directory, readable(binaries), undefined)

  const found = await clusterAt(directory)
  const isAnothers = asItsOwner && found !== undefined && found.uid !== 0
  const owner = isAnothers ? { uid: found.uid, gid: found.gid } : await findDatabaseUser()
  const place = (await isReachable(dataDirectory, owner))
    ? directory
    : await elsewhere(directory, owner, found)
  const reachableBinaries = (await isReachable(binaries.postgres, owner))
    ? binaries
    : await copyBinaries(binaries)
  return home(place, readable(reachableBinaries), owner)
}

function clusterAt(directory: string) {
  return stat(join(directory, 'PG_VERSION')).catch(() => undefined)
}

async function home(
  directory: string,
  binaries: PostgresBinaries,
  owner: SystemUser | undefined,
): Promise<DatabaseHome> {
  const isShort = Buffer.byteLength(directory) <= socketDirectoryMaxBytes
  const socketDirectory = isShort ? directory : await socketPlace(directory)
  return { directory, socketDirectory, binaries, owner }
}

/** The same place whatever links lead to the directory, in a folder whose own path is short and plain. */
async function socketPlace(directory: string) {
  const hash = hashOf(await withoutLinks(directory))
  const temporary = tmpdir()
  const isFit =
    /^\/[\w./-]*$/.test(temporary) &&
    Buffer.byteLength(temporary + hashed) <= socketDirectoryMaxBytes
  return join(isFit ? temporary : '/tmp', `photofinish-${hash}`)
}

async function withoutLinks(directory: string) {
  return join(await realpath(dirname(directory)), basename(directory))
}

function hashOf(text: string) {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

/** How a program of PostgreSQL is run: as its user, and where that user may be. */
export function asOwner({ owner, directory }: DatabaseHome, folder = directory) {
  return { ...owner, cwd: folder, env: { ...process.env, LC_ALL: 'C' } }
}

// `initdb` runs the server through a shell, with its own path between double quotes.
const readByShells = /["$`\\\n\r]/

function readable(binaries: PostgresBinaries) {
  const [character] = readByShells.exec(binaries.postgres) ?? []
  if (character === undefined) return binaries
  throw new Error(
    `The folder of Photofinish has ${JSON.stringify(character)} in its path (${dirname(binaries.postgres)}). Move it to one without.`,
  )
}

/** Whether a user may pass every folder on the way. */
async function isReachable(path: string, { uid, gid }: SystemUser) {
  for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) {
    const found = await stat(folder)
    const bit = found.uid === uid ? 0o100 : found.gid === gid ? 0o010 : 0o001
    if (!(found.mode & bit)) return false
  }
  return true
}

/** The same place whatever links lead to the directory, unless a database was made when it went by the link's name. */
async function elsewhere(directory: string, owner: SystemUser, found?: SystemUser) {
  const placeOf = (path: string) => join(rootHome, hashOf(path))
  const named = placeOf(directory)
  const place = (await clusterAt(named)) ? named : placeOf(await withoutLinks(directory))
  if (found && !(await clusterAt(place))) {
    // Where it belongs to another user, the start says so.
    if (found.uid !== owner.uid) return directory
    throw new Error(
      `The database in ${directory} cannot be reached by its own user (${owner.uid}): a folder above it is closed to it. Open it (chmod o+x), or set DATA_DIR.`,
    )
  }
  await mkdir(rootHome, { recursive: true, mode: 0o755 })
  log().info({ place }, 'the database lives here: its user may not enter the data directory')
  return place
}

async function copyBinaries(binaries: PostgresBinaries): Promise<PostgresBinaries> {
  const native = dirname(dirname(binaries.postgres))
  const target = join(rootHome, `runtime-${hashOf(binaries.version)}`)
  if (!(await stat(target).catch(() => null))) {
    const half = `${target}.${process.pid}`
    await mkdir(rootHome, { recursive: true, mode: 0o755 })
    await cp(native, half, { recursive: true, verbatimSymlinks: true })
    // Renamed whole, so that a copy cut short is never taken for a runtime. Race lost: the other copy is as good.
    await rename(half, target).catch(() => rm(half, { recursive: true, force: true }))
  }
  const at = (name: string) => join(target, 'bin', name)
  return { ...binaries, initdb: at('initdb'), postgres: at('postgres') }
}
