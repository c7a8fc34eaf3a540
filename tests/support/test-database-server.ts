import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#lib/db/embedded-postgres'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the real PostgreSQL that every test file makes its own database on. */
    databaseServer: string
  }
}

/** Brings up one real embedded PostgreSQL for the whole test run, and takes it away afterwards. */
export default async function setup(project: TestProject) {
  process.env.LOG_LEVEL = 'silent'
  const folder = await mkdtemp(join(tmpdir(), 'photofinish-test-'))
  // As root the database runs as another user, who must be able to enter.
  await chmod(folder, 0o755)
  const server = await startEmbeddedPostgres(folder)
  project.provide('databaseServer', server.connectionString)
  return async () => {
    await stopPatiently(server)
    await rm(folder, { recursive: true, force: true })
  }
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
