import { existsSync } from 'node:fs'
import { chown, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { closeDatabase, useDatabase } from '../db/client.ts'
import { openDataFolder, restoringMark } from '../db/embedded/data-folder.ts'
import { type DatabaseHome, findDatabaseHome } from '../db/embedded/database-home.ts'
import { startEmbeddedPostgres } from '../db/embedded/embedded-postgres.ts'
import { holdInstallation } from '../db/embedded/hold-installation.ts'
import { commandOf, isAlive } from '../db/embedded/lock-files.ts'
import { migrate } from '../db/reach/migrate.ts'
import { reachDatabase } from '../db/reach/reach-database.ts'
import { holdBackQueued } from '../generations/commands/hold-back-queued.ts'
import { copyFile, isOf, newPiece, sizeOf } from './copy-files.ts'
import { type Manifest, bytesOf, databasePart, dataPart, readManifest } from './manifest.ts'
import { assertSpace, inWords, isWithin } from './place.ts'

export interface RestoreOptions {
  dataFolder: string
  /** Where the operator has restored the database to; undefined for the embedded one. */
  databaseUrl: string | undefined
  source: string
  signal: AbortSignal
  say(line: string): void
}

/**
 * Restores a backup into an empty data directory. Until it is whole, a mark there keeps a start away, and a second
 * restore begins again. What was in the queue may have been submitted since the backup: it is held back, so that
 * nothing is paid twice.
 */
export async function restore(options: RestoreOptions) {
  const { dataFolder, databaseUrl, source, say } = options
  const begin = Date.now()
  const manifest = await readManifest(source)
  assertKind(manifest, options)
  if (await isWithin(dataFolder, source))
    throw new Error(
      `${source} lies in DATA_DIR, where the restore would put it aside. Move it out.`,
    )
  await openDataFolder(dataFolder, { mayBeRestoring: true })
  const home = databaseUrl ? undefined : await findDatabaseHome(dataFolder)
  if (databaseUrl) await assertDatabase(databaseUrl)
  await assertNoOther(dataFolder)
  await assertEmpty(dataFolder, home)
  await assertSpace(dataFolder, bytesOf(manifest.files), 'the backup has')
  const mark = join(dataFolder, restoringMark)
  await writeFile(mark, `process ${process.pid} from ${source}\n`, { mode: 0o600 })
  await copyAll(options, manifest, home).catch((error: unknown) => {
    throw inWords(error, dataFolder)
  })
  const held = await holdBack(options)
  await rm(mark)
  const seconds = Math.round((Date.now() - begin) / 1_000)
  say(
    `Restored ${sizeOf(bytesOf(manifest.files))} of ${manifest.madeAt} in ${seconds} s: ${dataFolder}`,
  )
  if (held > 0)
    say(
      `${held === 1 ? '1 video was' : `${held} videos were`} in the queue when the backup was made, ` +
        'and may have been paid for since. Each now waits for its owner to decide.',
    )
  say('Start it with npm start. Do not run the original any more.')
}

function assertKind({ postgresVersion }: Manifest, { databaseUrl }: RestoreOptions) {
  if (databaseUrl && postgresVersion !== null)
    throw new Error('This backup has a database of its own. Unset DATABASE_URL to restore it.')
  if (!databaseUrl && postgresVersion === null)
    throw new Error(
      'The database of this backup was at DATABASE_URL. Restore your dump with pg_restore, set DATABASE_URL to it, and run this again.',
    )
}

/** Of two restores into one folder, each would take away what the other has copied. */
async function assertNoOther(dataFolder: string) {
  const mark = await readFile(join(dataFolder, restoringMark), 'utf8').catch(() => '')
  const pid = Number(/^process (\d+)/.exec(mark)?.[1] ?? 0)
  if (pid === 0 || pid === process.pid || !isAlive(pid)) return
  // Another program may have its number by now.
  if (!/\brestore\b/.test(await commandOf(pid))) return
  throw new Error(
    `A restore into ${dataFolder} is under way (process ${pid}). Let it finish, or end it first.`,
  )
}

/** Nothing of a running or former installation is touched; only what a restore that was cut off has left goes. */
async function assertEmpty(dataFolder: string, home: DatabaseHome | undefined) {
  const found = (await readdir(dataFolder)).filter((name) => name !== 'lost+found')
  const isCutOff = found.includes(restoringMark)
  if (found.length > 0 && !isCutOff)
    throw new Error(
      `DATA_DIR (${dataFolder}) is not empty, and a restore changes nothing that is there. Set DATA_DIR to another folder.`,
    )
  const isElsewhere = home && dirname(home.directory) !== dataFolder
  if (isElsewhere && !isCutOff && existsSync(home.directory))
    throw new Error(
      `${home.directory} holds a database of this DATA_DIR, and a restore changes nothing that is there. Move it away, or set DATA_DIR to another folder.`,
    )
  if (home && isCutOff) await rm(home.directory, { recursive: true, force: true })
  for (const name of found)
    if (name !== restoringMark) await rm(join(dataFolder, name), { recursive: true, force: true })
}

/** The operator's dump has to be there, and no server on it. */
async function assertDatabase(databaseUrl: string) {
  await reachDatabase(databaseUrl)
  const connection = new pg.Client({ connectionString: databaseUrl })
  await connection.connect()
  const { rows } = await connection.query(
    `select to_regclass('drizzle.__drizzle_migrations') is not null as "isRestored",
      (select count(*)::int from pg_stat_activity where datname = current_database()
        and application_name like 'photofinish%') as served`,
  )
  await connection.end()
  if (rows[0].served > 0)
    throw new Error('A Photofinish is running on DATABASE_URL. Stop it before you restore.')
  if (!rows[0].isRestored)
    throw new Error(
      'The database at DATABASE_URL holds no Photofinish. Restore your dump into it with pg_restore, then run this again.',
    )
}

// Cookies are named by it: on one host name, a copy would overwrite those of the original.
const namesTheOriginal = `${dataPart}/installation-id`

/** Every file, checked against its sum while it is copied. */
async function copyAll(options: RestoreOptions, manifest: Manifest, home?: DatabaseHome) {
  const { dataFolder, source, signal } = options
  const placeOf = (path: string) => {
    const [part, ...below] = path.split('/')
    return join(part === databasePart ? home!.directory : dataFolder, ...below)
  }
  if (home) await mkdir(home.directory, { recursive: true, mode: 0o700 })
  for (const folder of manifest.folders)
    await mkdir(placeOf(folder), { recursive: true, mode: 0o700 })
  for (const folder of new Set(manifest.files.map(({ path }) => dirname(placeOf(path)))))
    await mkdir(folder, { recursive: true, mode: 0o700 })
  const piece = newPiece()
  for (const { path, bytes, sha256 } of manifest.files) {
    if (path === namesTheOriginal) continue
    const copied = await copyFile(join(source, path), placeOf(path), piece, signal).catch(
      (error) => {
        if (!isOf(join(source, path), error)) throw error
        throw new Error(`The backup is not whole: ${path} is missing.`, { cause: error })
      },
    )
    if (copied.sha256 !== sha256 || copied.bytes !== bytes)
      throw new Error(`The backup is damaged: ${path} is not what was backed up.`)
  }
  if (home?.owner) await giveTo(home.directory, home.owner)
}

async function giveTo(folder: string, owner: { uid: number; gid: number }) {
  const names = await readdir(folder, { recursive: true })
  for (const name of ['', ...names]) await chown(join(folder, name), owner.uid, owner.gid)
}

/** Answers how many were held back. */
async function holdBack({ dataFolder, databaseUrl, signal }: RestoreOptions) {
  const embedded = databaseUrl
    ? undefined
    : await startEmbeddedPostgres(dataFolder, { signal, mayBeRestoring: true })
  const address = databaseUrl ?? embedded!.connectionString
  const held = embedded && (await holdInstallation(address, dataFolder))
  useDatabase(address)
  try {
    await migrate()
    return await holdBackQueued()
  } finally {
    await closeDatabase()
    await held?.release()
    await embedded?.stop()
  }
}
