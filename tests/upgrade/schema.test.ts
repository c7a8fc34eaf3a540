import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api'
import { beforeAll, expect, inject, test } from 'vitest'
import * as assetSchema from '#lib/db/asset-schema'
import * as authSchema from '#lib/db/auth-schema'
import * as chatSchema from '#lib/db/chat-schema'
import { useDatabase } from '#lib/db/client'
import * as generationSchema from '#lib/db/generation-schema'
import * as moneySchema from '#lib/db/money-schema'
import * as peopleSchema from '#lib/db/people-schema'
import { migrate } from '#lib/db/migrate'
import * as providerSchema from '#lib/db/provider-schema'
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
  const tables = generateDrizzleJson({
    ...generationSchema,
    ...assetSchema,
    ...providerSchema,
    ...authSchema,
    ...chatSchema,
    ...moneySchema,
    ...peopleSchema,
  })
  const statements = await generateMigration(generateDrizzleJson({}), tables)
  await connected(described, (client) => client.query(statements.join('\n')))
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

test.each(Object.entries(catalogue))(
  'migrations end in the %s the code describes',
  async (what, query) => {
    expect(await read(fresh, { [what]: query })).toEqual(await read(described, { [what]: query }))
  },
)
