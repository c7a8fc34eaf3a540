import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { database } from '../../db/client.ts'
import { chatsQuery } from './chats.ts'

withTestDatabase()

beforeAll(async () => {
  await database().execute(sql`
    insert into chat (id, public_id, user_id, title, search_title, created_at, updated_at)
    select 'chat_' || lpad(i::text, 24, '0'), 'chat_' || i, 'owner-' || i % 100, 'x', 'x', now(), now()
    from generate_series(1, 1000) i`)
  await database().execute(sql`
    insert into chat_message (chat_id, id, position, role, parts, metadata, search_text)
    select id, 'message-' || j, j, 'user', '[]', '{}', repeat(md5(id || j) || ' ', 8)
    from chat, generate_series(1, 20) j`)
  await database().execute(sql`analyze chat, chat_message`)
})

test.each(['istanbul', 'x', '%'])(
  'F22: a search for %s reads the rows of its owner, and none of the others',
  async (search) => {
    const query = chatsQuery({ ownerId: 'owner-1', search, cursor: undefined, limit: 30 })
    const { rows } = await database().execute<{ 'QUERY PLAN': string }>(
      sql`explain (costs off) ${query.getSQL()}`,
    )
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(plan).toContain('Index Cond: (chat_id = chat.id)')
    expect(plan).not.toContain('Seq Scan')
  },
)

test.each([
  ["don't stop", 'don’t stop'],
  ['don’t stop', "don't stop"],
  ['"fox"', '“fox”'],
  ['1990-2000', '1990–2000'],
])('F22: %s finds %s, as rows of older versions keep it', async (search, kept) => {
  const ownerId = `speller of ${kept}`
  await database().execute(sql`
    insert into chat (id, public_id, user_id, title, search_title, created_at, updated_at)
    select 'chat_' || substr(md5(${kept} || title), 1, 24), 'chat_' || title, ${ownerId}, title, title, now(), now()
    from unnest(array[${kept}, 'something else']) title`)
  const rows = await chatsQuery({ ownerId, search, cursor: undefined, limit: 30 })
  expect(rows.map(({ title }) => title)).toEqual([kept])
})
