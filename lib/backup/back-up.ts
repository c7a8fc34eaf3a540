import { existsSync } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import packageJson from '../../package.json' with { type: 'json' }
import { isThere, makeFolder, restoringMark } from '../db/embedded/data-folder.ts'
import { findDatabaseHome } from '../db/embedded/database-home.ts'
import { startEmbeddedPostgres } from '../db/embedded/embedded-postgres.ts'
import { stopUnlessServed } from '../db/embedded/open-beside.ts'
import { reachDatabase } from '../db/reach/reach-database.ts'
import { holdRemovals } from '../db/queries/removals.ts'
import { type CopiedDatabase, copyDatabase } from './copy-database.ts'
import { type CopiedFile, copyFiles, listTree, sizeOf } from './copy-files.ts'
import { assertSpace, assertTarget, inWords } from './place.ts'
import { bytesOf, databasePart, dataPart, manifestName, writeManifest } from './manifest.ts'

export interface BackupOptions {
  dataFolder: string
  /** Where the database is; undefined for the embedded one. */
  databaseUrl: string | undefined
  target: string
  signal: AbortSignal
  say(line: string): void
}

/**
 * Backs up an installation, running or not, into an empty folder: the database first, then what its rows name, then
 * the list of it all. A backup that fails or is stopped removes what it has made.
 */
export async function backUp(options: BackupOptions) {
  const { target, signal, say } = options
  const begin = Date.now()
  await assertTarget(target, options.dataFolder)
  try {
    await makeFolder(target, 0o700)
    const { database, data } = await withDatabase(options, async (connection, directory) => {
      const database = directory ? await copyEmbedded(options, connection, directory) : undefined
      return { database, data: await copyData(options) }
    })
    signal.throwIfAborted()
    const files = [...inPart(databasePart, database?.files ?? []), ...inPart(dataPart, data.files)]
    await writeManifest(target, {
      format: 'photofinish-backup',
      formatVersion: 1,
      madeBy: packageJson.version,
      madeAt: new Date().toISOString(),
      postgresVersion: database?.postgresVersion ?? null,
      folders: (database?.folders ?? []).map((path) => `${databasePart}/${path}`),
      files,
    })
    const seconds = Math.round((Date.now() - begin) / 1_000)
    say(`Backed up ${files.length} files, ${sizeOf(bytesOf(files))}, in ${seconds} s: ${target}`)
  } catch (error) {
    for (const name of [databasePart, dataPart, manifestName, `${manifestName}.part`])
      await rm(join(target, name), { recursive: true, force: true }).catch(() => {})
    throw inWords(error, target)
  }
}

function inPart(part: string, files: readonly CopiedFile[]) {
  return files.map(({ path, ...file }) => ({ path: `${part}/${path}`, ...file }))
}

/** With a connection of the backup's own; the embedded database is started for it where it does not run. */
async function withDatabase<T>(
  { dataFolder, databaseUrl, signal, say }: BackupOptions,
  work: (connection: pg.Client, directory: string | undefined) => Promise<T>,
): Promise<T> {
  if (await isThere(join(dataFolder, restoringMark)))
    throw new Error(`The restore into ${dataFolder} did not finish: there is nothing to back up.`)
  if (databaseUrl) {
    await reachDatabase(databaseUrl)
    say('The database is at DATABASE_URL: dump it with pg_dump before this. Backing up the files.')
    return connected(databaseUrl, async (connection) => {
      await holdRemovals(connection)
      return work(connection, undefined)
    })
  }
  const { directory } = await findDatabaseHome(dataFolder, { asItsOwner: true })
  if (!existsSync(join(directory, 'PG_VERSION')))
    throw new Error(`There is nothing to back up in ${dataFolder}: it holds no database.`)
  const database = await startEmbeddedPostgres(dataFolder, { signal, asItsOwner: true })
  say(database.wasAdopted ? 'Photofinish is running: backing up while it runs' : 'Backing up')
  try {
    return await connected(database.connectionString, (connection) => work(connection, directory))
  } finally {
    if (!database.wasAdopted) await stopUnlessServed(database, dataFolder)
  }
}

/** Throws also where the connection was lost without being used: what is held by it was held no longer. */
async function connected<T>(address: string, work: (connection: pg.Client) => Promise<T>) {
  const connection = new pg.Client({
    connectionString: address,
    application_name: 'photofinish backup',
  })
  let isLost = false
  connection.on('error', () => (isLost = true))
  await connection.connect()
  try {
    const result = await work(connection)
    await connection.query('select 1')
    return result
  } catch (error) {
    if (!isLost) throw error
    throw new Error('The database ended while it was backed up. Run the backup again.', {
      cause: error,
    })
  } finally {
    await connection.end().catch(() => {})
  }
}

async function copyEmbedded(
  { target, signal, say }: BackupOptions,
  connection: pg.Client,
  directory: string,
): Promise<CopiedDatabase> {
  const copied = await copyDatabase(connection, directory, join(target, databasePart), signal)
  say(`Database: ${sizeOf(bytesOf(copied.files))}`)
  return copied
}

// The database goes its own way; renders are made again; the last is the file system's, where DATA_DIR is a whole disk.
const notKept = /^(postgres(\..*)?|renders|lost\+found)$/
const halfWritten = /\.part$/

/** Everything else that is kept: media, secrets, ids, and what a later version keeps there. */
async function copyData({ dataFolder, target, signal, say }: BackupOptions) {
  const isLeftOut = (path: string) => notKept.test(path) || halfWritten.test(path)
  const { files } = await listTree(dataFolder, isLeftOut)
  await assertSpace(target, await sizesOf(dataFolder, files), 'the media need')
  const copied = await copyFiles(dataFolder, join(target, dataPart), files, signal)
  say(`Media and secrets: ${sizeOf(bytesOf(copied))}`)
  return { files: copied }
}

async function sizesOf(folder: string, paths: readonly string[]) {
  let bytes = 0
  for (const path of paths)
    bytes += (await stat(join(folder, path)).catch(() => undefined))?.size ?? 0
  return bytes
}
