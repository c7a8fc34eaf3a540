import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { closeDatabase, useDatabase } from '../client.ts'
import { migrate } from '../reach/migrate.ts'
import { reachDatabase } from '../reach/reach-database.ts'
import { findDatabaseHome } from './database-home.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts'
import { holdInstallation } from './hold-installation.ts'

interface Installation {
  dataFolder: string
  /** Where the database is; undefined for the embedded one. */
  databaseUrl: string | undefined
  signal: AbortSignal
}

/**
 * Opens the database of an installation for a command of its operator, whether it is served meanwhile or not; answers how
 * to close it. A running server keeps its database; where none runs, it is started for the command and stopped after it.
 */
export async function openBeside({ dataFolder, databaseUrl, signal }: Installation) {
  if (databaseUrl) {
    await reachDatabase(databaseUrl)
    useDatabase(databaseUrl)
    return closeDatabase
  }
  const { directory } = await findDatabaseHome(dataFolder, { asItsOwner: true })
  if (!existsSync(join(directory, 'PG_VERSION')))
    throw new Error(`There is no database in ${dataFolder} yet. Start Photofinish once: npm start`)
  const database = await startEmbeddedPostgres(dataFolder, { signal, asItsOwner: true })
  useDatabase(database.connectionString)
  // One that is served is as its server needs it.
  if (!database.wasAdopted) await migrate()
  return async () => {
    await closeDatabase()
    if (!database.wasAdopted) await stopUnlessServed(database, dataFolder)
  }
}

/** A server that was started meanwhile has taken the database over, and keeps it. */
export async function stopUnlessServed(database: EmbeddedPostgres, dataFolder: string) {
  const held = await holdInstallation(database.connectionString, dataFolder).catch(() => undefined)
  await held?.release()
  if (held) await database.stop()
}
