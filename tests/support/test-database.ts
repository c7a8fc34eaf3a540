import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, inject } from 'vitest'
import { closeDatabase, useDatabase } from '#lib/db/client'
import { createDatabase } from '#lib/db/create-database'
import { migrate } from '#lib/db/migrate'

/** Gives a test file a real, empty, migrated database of its own. */
export function withTestDatabase() {
  beforeAll(async () => {
    const server = new URL(
      inject('databaseServer').replace('postgresql://postgres@/', 'postgresql://postgres@x/'),
    )
    const name = `test_${randomBytes(6).toString('hex')}`
    await createDatabase(inject('databaseServer'), name)
    // Seen by everybody at once, and flushed to disk later: the server outlives every test.
    server.searchParams.set('options', '-c synchronous_commit=off')
    useDatabase(`postgresql://postgres@/${name}${server.search}`)
    await migrate()
  })
  afterAll(closeDatabase)
}
