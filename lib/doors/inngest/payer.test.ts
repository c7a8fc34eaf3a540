import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { POST } from '../../../app/api/inngest/route.ts'
import { aPerson, aTeamOf } from '../../../tests/support/people/a-person.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { forgetEverything } from '../../../tests/support/generations/test-generation.ts'
import type { ApiScope, Caller } from '#lib/contract/people/caller'
import { user } from '../../db/auth-schema.ts'
import { database } from '../../db/client.ts'
import { generation, idempotencyKey } from '../../db/generation-schema.ts'
import { hold } from '../../db/money-schema.ts'
import { telegramLink } from '../../db/notice-schema.ts'
import { env } from '../../env.ts'
import { useDataFolder } from '../../http/test-visitor.ts'
import { startQueue, stopQueue } from '../../jobs/queue.ts'
import { createKey } from '../../people/keys/keys.ts'
import { accountOfTelegram } from '../telegram/links.ts'
import { readEvent, recipientOf } from './event.ts'
import { payerThroughInngest } from './payer.ts'
import { startByEvent } from './start-by-event.ts'

process.env.GOOGLE_CLOUD_PROJECT = 'a project'
useDataFolder()
withTestDatabase()
beforeAll(async () => {
  Object.assign(env(), {
    TELEGRAM_BOTS: [
      ['studio', '1:token'],
      ['other', '2:token'],
    ],
  })
  await startQueue()
})
afterAll(() => stopQueue(1_000))
beforeEach(async () => {
  await forgetEverything()
  for (const table of [idempotencyKey, hold, telegramLink]) await database().delete(table)
})

const named = { telegram_id: 42, username: 'anna', is_ru: true, bot_name: 'studio' }
const event = (more: object = named) => ({
  name: 'veo3/video.generate',
  data: { prompt: 'a fox', model: 'veo-3.1-fast', ...more },
})
const rows = () => database().select().from(generation)
const linkOf = async (telegramId: string) =>
  (await database().select().from(telegramLink).where(eq(telegramLink.telegramId, telegramId)))[0]

async function sendBy(caller: Caller, scopes: ApiScope[], body: unknown = event()) {
  const { key, view } = await createKey(caller, { name: 'a key', scopes })
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` }
  const init = { method: 'POST', headers, body: JSON.stringify(body) }
  const answer = await POST(new Request('http://localhost/api/inngest', init))
  return { keyId: view.id, ...((await answer.json()) as { code?: string; detail?: string }) }
}

describe('an event for a Telegram user', () => {
  test('through Inngest is paid for by an account made on the way, and knows its chat', async () => {
    const read = readEvent(event())
    for (let time = 0; time < 2; time++)
      await startByEvent(read, await payerThroughInngest(recipientOf(read)))
    const link = await linkOf('42')
    expect(link).toMatchObject({ bot: 'studio', username: 'anna', locale: 'ru' })
    const [row, ...others] = await rows()
    expect(others).toEqual([])
    expect(row).toMatchObject({
      ownerId: link!.ownerId,
      startedBy: link!.userId,
      originDoor: 'inngest',
      originPlace: { bot: 'studio', telegramId: '42', locale: 'ru' },
    })
    expect(await database().select().from(hold)).toMatchObject([{ ownerId: link!.ownerId }])
  })

  test('by a key is of the key’s own account where the chat is linked to it', async () => {
    const { caller } = await aPerson()
    const { userId, ownerId } = caller
    const when = { locale: 'en', createdAt: new Date() } as const
    await database()
      .insert(telegramLink)
      .values({ bot: 'studio', telegramId: '42', userId, ownerId, ...when })
    const { keyId } = await sendBy(caller, ['generate'])
    expect(await rows()).toMatchObject([{ ownerId, startedBy: userId, keyId }])
  })

  test('by the key of an organization is told to its member', async () => {
    const person = await aPerson()
    const team = await aTeamOf(person)
    const { userId, ownerId } = team
    const when = { locale: 'en', createdAt: new Date() } as const
    await database()
      .insert(telegramLink)
      .values({ bot: 'studio', telegramId: '42', userId, ownerId, ...when })
    await sendBy(team, ['generate'])
    expect(await rows()).toMatchObject([{ ownerId, startedBy: userId }])
  })

  test('attack: by a key spends no other account’s money, and makes no account', async () => {
    await accountOfTelegram('studio', '42', { locale: 'en', mayMake: true })
    const people = await database().$count(user)
    for (const telegram_id of [42, 43]) {
      const { caller } = await aPerson()
      const sent = event({ ...named, telegram_id })
      expect(await sendBy(caller, ['read', 'generate'], sent)).toMatchObject({ code: 'forbidden' })
    }
    expect(await rows()).toEqual([])
    expect(await linkOf('43')).toBeUndefined()
    expect(await database().$count(user)).toBe(people + 2)
  })

  test('by a key with the scope admin is paid for by its account, within the key’s limit', async () => {
    const { caller } = await aPerson()
    await database().update(user).set({ role: 'admin' }).where(eq(user.id, caller.userId))
    const { keyId } = await sendBy({ ...caller, role: 'admin' }, ['generate', 'admin'])
    const link = await linkOf('42')
    expect(await rows()).toMatchObject([{ ownerId: link!.ownerId, startedBy: link!.userId, keyId }])
  })

  test.each(['unknown', undefined])(
    'of a bot that is not here (%s) is refused',
    async (bot_name) => {
      const { caller } = await aPerson()
      const sent = event({ telegram_id: 42, bot_name })
      const { code, detail } = await sendBy(caller, ['generate'], sent)
      expect(code).toBe('invalid_input')
      expect(detail).toContain('bot_name')
      expect(await rows()).toEqual([])
    },
  )
})
