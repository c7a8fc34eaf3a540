import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api'
import { beforeAll, expect, inject, test } from 'vitest'
import { useDatabase } from '#lib/db/client'
import { migrate } from '#lib/db/reach/migrate'
import { everyTable } from '../support/database/every-table.ts'
import {
  connected,
  loadRows,
  migrateToOld,
  newDatabase,
  readOldInstallation,
} from './old-installation.ts'

// One schema, on three ways: an old installation brought up to date, an empty database migrated from the start, and
// the tables as the product's own code describes them.

let upgraded: string
let fresh: string
let described: string

beforeAll(async () => {
  upgraded = await newDatabase(inject('databaseServer'))
  await migrateToOld(upgraded)
  await loadRows(upgraded, readOldInstallation('http://emulator.test', '/data'))
  fresh = await newDatabase(inject('databaseServer'))
  for (const address of [upgraded, fresh]) {
    useDatabase(address)
    await migrate()
  }
  described = await newDatabase(inject('databaseServer'))
  const tables = generateDrizzleJson(everyTable)
  const statements = await generateMigration(generateDrizzleJson({}), tables)
  const extensions = 'create extension pg_trgm; create extension btree_gin;'
  await connected(described, (client) => client.query([extensions, ...statements].join('\n')))
})

const catalogue = {
  columns: `select table_name, column_name, data_type, datetime_precision, is_nullable, column_default
    from information_schema.columns where table_schema = 'public' order by 1, 2`,
  // That a column is not null, its own row says.
  constraints: `select conrelid::regclass::text as table, conname, pg_get_constraintdef(oid) as definition
    from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n' order by 1, 2`,
  indexes: `select tablename, indexname, indexdef from pg_indexes where schemaname = 'public' order by 1, 2`,
}
const triggers = {
  triggers: `select tgname, pg_get_triggerdef(oid) as definition from pg_trigger where not tgisinternal order by 1`,
  functions: `select proname, prosrc from pg_proc where pronamespace = 'public'::regnamespace order by 1`,
}

async function read(address: string, queries: Record<string, string>) {
  return connected(address, async (client) => {
    const answers: Record<string, unknown[]> = {}
    for (const [what, query] of Object.entries(queries))
      answers[what] = (await client.query<Record<string, unknown>>(query)).rows
    return answers
  })
}

test('an installation brought up to date has the schema of a new one', async () => {
  const everything = { ...catalogue, ...triggers }
  expect(await read(upgraded, everything)).toEqual(await read(fresh, everything))
})

/** Without what an index holds beside its keys, which the code cannot say. */
function said(answers: Record<string, unknown[]>) {
  return JSON.parse(JSON.stringify(answers).replaceAll(/ INCLUDE \([^)]*\)/g, '')) as unknown
}

test.each(Object.entries(catalogue))(
  'migrations end in the %s the code describes',
  async (what, query) => {
    const [made, meant] = [
      await read(fresh, { [what]: query }),
      await read(described, { [what]: query }),
    ]
    expect(said(made)).toEqual(said(meant))
  },
)
