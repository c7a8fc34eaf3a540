import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, inject } from 'vitest'
import { closeDatabase, useDatabase } from '#lib/db/client'
import { addressOn, runOn, templateName } from './database-template.ts'
import { keepOrClose, rememberAsMade, reopenKept } from './kept-database.ts'

// Each is a process, which costs the machine more than most tests ask of it.
const fewConnections = 5
/** For tests of what many do at once: as many as a server has. */
export const manyConnections = 20

/** Gives a test file a real, empty, migrated database, which no other file uses meanwhile. */
export function withTestDatabase(connectionsAtMost = fewConnections) {
  const isUsual = connectionsAtMost === fewConnections
  beforeAll(async () => {
    if (isUsual && reopenKept()) return
    await makeDatabase(connectionsAtMost)
    if (isUsual) await rememberAsMade()
  })
  afterAll(isUsual ? keepOrClose : closeDatabase)
}

// It goes with its server: a file system that has just removed a thousand files takes seconds of CPU time to make the
// thousand of the next database.
async function makeDatabase(connectionsAtMost: number) {
  const name = `test_${randomBytes(6).toString('hex')}`
  const server = inject('databaseServer')
  await runOn(server, `create database ${name} template ${templateName} strategy file_copy`)
  useDatabase(addressOn(server, name), connectionsAtMost)
}
