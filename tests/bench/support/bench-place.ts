import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closeDatabase, useDatabase } from '#lib/db/client'
import { startEmbeddedPostgres } from '#lib/db/embedded/embedded-postgres'
import { migrate } from '#lib/db/reach/migrate'

/** A folder and a real database for one run of the bench; both go with it, once. */
export async function openBenchPlace() {
  const folder = await mkdtemp(join(tmpdir(), 'photofinish-bench-'))
  // As root the database runs as another user, who must be able to enter.
  await chmod(folder, 0o755)
  // Read once a process by lib/env.ts; the servers the bench starts inherit it.
  Object.assign(process.env, { DATA_DIR: folder, LOG_LEVEL: 'error' })
  const postgres = await startEmbeddedPostgres(folder)
  useDatabase(postgres.connectionString)
  await migrate()
  const close = async () => {
    await closeDatabase()
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
  let closed: Promise<void> | undefined
  return { [Symbol.asyncDispose]: () => (closed ??= close()) }
}
