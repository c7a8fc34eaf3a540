import { rm } from 'node:fs/promises'
import { closeDatabase, useDatabase } from '#lib/db/client'
import { startEmbeddedPostgres } from '#lib/db/embedded/embedded-postgres'
import { migrate } from '#lib/db/reach/migrate'
import { startQueue, stopQueue } from '#lib/jobs/queue'
import { settleForSpeed } from '../../../support/database/database-template.ts'
import { makeEmptyFolder, readyFolderVariable } from './data-folder.ts'

/** Makes the data directory that the servers of all specs begin with a copy of, and removes it afterwards. */
export default async function setup() {
  const folder = await makeEmptyFolder()
  const embedded = await startEmbeddedPostgres(folder)
  await settleForSpeed(embedded.connectionString)
  useDatabase(embedded.connectionString)
  await migrate()
  await startQueue()
  await stopQueue(1_000)
  await closeDatabase()
  await embedded.stop()
  process.env[readyFolderVariable] = folder
  return () => rm(folder, { recursive: true, force: true })
}
