import { beforeEach, describe, expect, test } from 'vitest'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import { forgetEverything, queueFile } from '../../tests/support/generations/test-generation.ts'
import type { KeptSettings, Kind } from '../contract/generation.ts'
import { database, inTransaction } from '../db/client.ts'
import { notice } from '../db/notice-schema.ts'
import { newId } from '../ids.ts'
import { listNotices } from './bell.ts'
import { enqueueNotice } from './enqueue.ts'
import { wordsOf } from './words.ts'

withTestDatabase()
beforeEach(async () => {
  await forgetEverything()
  await database().delete(notice)
})

const now = new Date('2026-11-28T08:00:00Z')
const who = { ownerId: 'anna', userId: 'anna' }

const made: [string, Kind, Partial<KeptSettings>, string, string][] = [
  ['video', 'video', {}, 'Your video is ready', 'Видео готово'],
  ['image', 'image', {}, 'Your image is ready', 'Изображение готово'],
  [
    'extension',
    'video',
    { work: { operation: 'extend', way: 'native' } },
    'Your extension is ready',
    'Продление видео готово',
  ],
  [
    'upscale',
    'video',
    { work: { operation: 'upscale', to: '4K' } },
    'Your upscale is ready',
    'Увеличение видео готово',
  ],
  ['edit', 'edit', { edit: { operation: 'mute' } }, 'Your edit is ready', 'Монтаж видео готов'],
]

describe.each(made)('a notice of an item of the kind %s', (called, kind, settings, en, ru) => {
  test('says what it is, in the bell and in both languages', async () => {
    const { id } = await queueFile({ now: () => now }, { ownerId: 'anna', kind, settings })
    const told = { kind: 'video.completed', createdAt: now, ...who } as const
    await inTransaction((tx) =>
      enqueueNotice(tx, { ...told, key: id, generationId: id, version: 1 }),
    )
    expect((await listNotices('anna')).notices).toMatchObject([{ fileId: id, made: called }])
    const notices = [{ ...told, id: newId('notice'), fileId: id }]
    const titles = await Promise.all(
      (['en', 'ru'] as const).map((locale) => wordsOf({ target: 'x', locale, notices })),
    )
    expect(titles.map(({ title }) => title)).toEqual([en, ru])
  })
})

test('a notice of what is deleted names no kind', async () => {
  const told = { key: 'k', generationId: newId('file'), kind: 'video.failed', version: 1 } as const
  await inTransaction((tx) => enqueueNotice(tx, { ...told, ...who, createdAt: now }))
  expect((await listNotices('anna')).notices).toMatchObject([{ made: null, prompt: null }])
})
