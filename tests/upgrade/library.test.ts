import { beforeAll, expect, inject, test } from 'vitest'
import { useDatabase } from '#lib/db/client'
import { migrate } from '#lib/db/reach/migrate'
import { findItems, weigh } from '#lib/library/items'
import {
  connected,
  loadRows,
  migrateToOld,
  newDatabase,
  readOldInstallation,
} from './old-installation.ts'

let address: string

beforeAll(async () => {
  address = await newDatabase(inject('databaseServer'))
  await migrateToOld(address)
  await loadRows(address, readOldInstallation('http://emulator.test', '/data'))
  useDatabase(address)
  await migrate()
})

/** Each item as its own table has it, and as the library has it; in the order of ids. */
const kept = `select id, owner_id, 'video' as media, created_at from generation where deleted_at is null
  union all select id, owner_id, kind, created_at from asset where generation_id is null order by 1`
const found = 'select id, owner_id, media, created_at from library_item order by 1'

test('what an older version made is in the library: all of it, its owners’, with its weight', async () => {
  const [theirs, ours] = await connected(address, async (client) => [
    (await client.query(kept)).rows as { id: string; owner_id: string }[],
    (await client.query(found)).rows as { id: string }[],
  ])
  expect(ours).toEqual(theirs)
  expect(ours.length).toBeGreaterThan(10)
  const weights = await connected(address, (client) =>
    client.query<{ id: string; owner: string; prompt: string; bytes: string }>(
      `select g.id, g.owner_id as owner, g.prompt, a.size_bytes as bytes from generation g
        join asset a on a.id = g.asset_id where g.deleted_at is null and length(g.prompt) > 3`,
    ),
  )
  for (const { id, owner, prompt, bytes } of weights.rows) {
    const { rows } = await findItems(owner, { q: prompt, limit: 100 })
    const item = rows.find((row) => row.id === id)
    expect([prompt, item?.sizeBytes]).toEqual([prompt, Number(bytes)])
    expect((await weigh(owner, {})).bytes).toBeGreaterThanOrEqual(Number(bytes))
  }
  expect(weights.rows.length).toBeGreaterThan(3)
})

test('what a video was made from is known, in the part it played', async () => {
  const made = await connected(address, (client) =>
    client.query<{ written: string | null; known: string | null }>(
      `select g.settings -> 'inputs' ->> part.role as written, l.parent_id as known
        from generation g cross join unnest(array['firstFrame', 'lastFrame', 'sourceVideo']) as part (role)
        left join lineage l on l.child_id = g.id and l.role = part.role
        where g.deleted_at is null`,
    ),
  )
  for (const { written, known } of made.rows) expect(known).toBe(written)
})
