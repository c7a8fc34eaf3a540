import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { closeDatabase, useDatabase } from '#lib/db/client'
import { createDatabase } from '#lib/db/reach/create-database'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#lib/db/embedded/embedded-postgres'
import { migrate } from '#lib/db/reach/migrate'
import { startQueue, stopQueue } from '#lib/jobs/queue'
import { addressOn, settleForSpeed, templateName } from './database-template.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the real PostgreSQL that every test file makes its own database on. */
    databaseServer: string
  }
}

/**
 * Brings up one real embedded PostgreSQL for the whole test run, with the migrated database that every test file gets
 * a copy of, and takes both away afterwards.
 */
export default async function setup(project: TestProject) {
  process.env.LOG_LEVEL = 'silent'
  const folder = await mkdtemp(join(tmpdir(), 'photofinish-test-'))
  // As root the database runs as another user, who must be able to enter.
  await chmod(folder, 0o755)
  const first = await startEmbeddedPostgres(folder)
  await settleForSpeed(first.connectionString)
  await first.stop()
  const server = await startEmbeddedPostgres(folder)
  await makeTemplate(server.connectionString)
  project.provide('databaseServer', server.connectionString)
  return async () => {
    await stopPatiently(server)
    await rm(folder, { recursive: true, force: true })
  }
}

/** A database as a first start makes it: every migration, and the queue's tables. */
async function makeTemplate(serverAddress: string) {
  await createDatabase(serverAddress, templateName)
  useDatabase(addressOn(serverAddress, templateName))
  await migrate()
  await startQueue()
  await stopQueue(1_000)
  await closeDatabase()
}

const moreStops = 15

/** The databases of all tests are closed, which takes a busy machine longer than a shutdown of ours may. */
async function stopPatiently(server: EmbeddedPostgres) {
  for (let left = moreStops; left > 0; left--)
    try {
      return await server.stop()
    } catch {
      // It goes on closing; asked again, we go on waiting.
    }
  return server.stop()
}
