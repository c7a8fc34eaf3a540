import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api'
import pg from 'pg'
import { expect, test } from 'vitest'
import { everyTable } from '../../tests/support/database/every-table.ts'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import { databaseAddress } from './client.ts'

withTestDatabase()

const described = 'described_schema'

/** Every column, index and constraint of a schema, as PostgreSQL itself would write them down. */
async function catalogueOf(client: pg.Client, name: string) {
  const columns = await client.query<{ line: string }>(
    `select format('%s.%s %s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
        case when a.attnotnull then ' not null' end, ' default ' || pg_get_expr(d.adbin, d.adrelid)) as line
      from pg_attribute a join pg_class c on c.oid = a.attrelid
        left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where c.relnamespace = $1::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped`,
    [name],
  )
  const indexes = await client.query<{ line: string }>(
    'select indexdef as line from pg_indexes where schemaname = $1',
    [name],
  )
  const constraints = await client.query<{ line: string }>(
    `select format('%s %s %s', c.relname, k.conname, pg_get_constraintdef(k.oid)) as line
      from pg_constraint k join pg_class c on c.oid = k.conrelid
      where k.connamespace = $1::regnamespace and k.contype <> 'n'`,
    [name],
  )
  return (
    [columns, indexes, constraints]
      .flatMap(({ rows }) => rows.map(({ line }) => line.replaceAll(`${name}.`, '')))
      // What an index holds beside its keys cannot be said in code: see the migration of the library's lists.
      .map((line) => line.replace(/ INCLUDE \([^)]*\)/, ''))
      .toSorted()
  )
}

test('the migrations make exactly the schema that the code describes', async () => {
  const statements = await generateMigration(
    generateDrizzleJson({}),
    generateDrizzleJson(everyTable),
  )
  const client = new pg.Client({ connectionString: databaseAddress() })
  await client.connect()
  try {
    await client.query(`create schema ${described}`)
    await client.query(`set search_path to ${described}, public`)
    for (const statement of statements)
      await client.query(statement.replaceAll('"public".', `"${described}".`))
    const made = await catalogueOf(client, 'public')
    expect(made.length).toBeGreaterThan(200)
    expect(made).toEqual(await catalogueOf(client, described))
  } finally {
    await client.end()
  }
})
