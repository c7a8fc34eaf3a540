import { beforeAll, expect, inject, test } from 'vitest'
import { useDatabase } from '#lib/db/client'
import { migrate } from '#lib/db/reach/migrate'
import { listChats } from '#lib/chat/chats'
import { searchable } from '#lib/contract/text/searchable'
import {
  connected,
  loadRows,
  migrateToOld,
  newDatabase,
  readOldInstallation,
} from './old-installation.ts'

// What older versions kept for searching: the texts in lower case, and nothing for the titles before that.
const kept = [
  'İstanbul',
  'Straße',
  'Ёлка и мой',
  'Ｆｕｌｌ\nＷｉｄｔｈ',
  'cafe\u0301  caf\u00e9',
  'ΟΔΟΣ',
  'Łódź Đà Nẵng',
  '한국'.normalize('NFD'),
  'سَلَام كتابي',
  'می\u200Cخواهم',
  'が か ﾊﾟﾘ',
  'ภาษาไทยกี่ नमस्ते',
  'plain words',
]
const chatOf = (index: number) => `chat_${String(index).padStart(24, '0')}`

beforeAll(async () => {
  const address = await newDatabase(inject('databaseServer'))
  await migrateToOld(address)
  await loadRows(address, readOldInstallation('http://emulator.test', '/data'))
  await connected(address, async (client) => {
    for (const [index, text] of kept.entries()) {
      await client.query(
        `insert into chat (id, user_id, title, search_title, created_at, updated_at)
          values ($1, 'speller', $2, $3, now(), now())`,
        [chatOf(index), text, text.toLowerCase()],
      )
      await client.query(
        `insert into chat_message (chat_id, id, position, role, parts, metadata, search_text)
          values ($1, 'message-1', 0, 'user', '[]', '{}', $2)`,
        [chatOf(index), text.toLowerCase()],
      )
    }
  })
  useDatabase(address)
  await migrate()
  await connected(address, async (client) => {
    const { rows } = await client.query<{ title: string; text: string }>(
      `select search_title as title, search_text as text from chat
        join chat_message on chat_id = chat.id where user_id = 'speller' order by chat.id`,
    )
    normalised = rows
  })
})
let normalised: { title: string; text: string }[] = []

test('F22: what was kept for searching is normalised by the same rules', () => {
  expect(normalised).toEqual(
    kept.map((text) => ({ title: searchable(text), text: searchable(text) })),
  )
})

test.each(kept)('F22: %s of an older version is found', async (text) => {
  const { chats } = await listChats('speller', { search: text.toUpperCase() })
  expect(chats.map(({ title }) => title)).toContain(text)
})
