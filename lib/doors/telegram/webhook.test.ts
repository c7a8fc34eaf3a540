import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  POST as link,
  GET as chats,
  DELETE as unlink,
} from '../../../app/api/account/telegram/route.ts'
import { aPerson, aSessionWithin, aTeamOf } from '../../../tests/support/people/a-person.ts'
import { queueFile } from '../../../tests/support/generations/test-generation.ts'
import { anAccount, answered, generationsOf } from '../../../tests/support/telegram/stage.ts'
import { startWebhookStage } from '../../../tests/support/telegram/webhook-stage.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { waitUntil } from '../../../tests/support/wait-until.ts'
import type { TelegramAnswer, TelegramLinkAnswer } from '#lib/contract/people/telegram'
import { member, user } from '../../db/auth-schema.ts'
import { database } from '../../db/client.ts'
import { generation } from '../../db/generation-schema.ts'
import {
  noticeSetting,
  telegramCode,
  telegramLink,
  telegramUpdate,
  telegramVideo,
} from '../../db/notice-schema.ts'
import { newId } from '../../ids.ts'
import { useDataFolder } from '../../http/test-visitor.ts'
import { telegramChannel } from './channel.ts'
import { accountOfTelegram, findLink } from './links.ts'

useDataFolder()
withTestDatabase()

let stage: Awaited<ReturnType<typeof startWebhookStage>>
let telegram: typeof stage.telegram
let studio: string
beforeAll(async () => {
  stage = await startWebhookStage()
  telegram = stage.telegram
  studio = stage.studio
})
afterAll(() => stage.close())

const linkOf = (telegramId: number, bot = 'main') => findLink(bot, String(telegramId))

async function aLinked(telegramId: number) {
  const person = telegram.user(telegramId)
  const account = await anAccount()
  person.say(`/start ${account.code}`)
  await answered(person, 'Linked to')
  return { person, ...account }
}

describe('the webhook', () => {
  test('has an address and a secret of each bot, and commands in both languages', async () => {
    const [first, second] = telegram.books
    expect(first!.webhook).toEqual({
      url: `${studio}/api/telegram/main`,
      secret: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(second!.webhook!.secret).not.toBe(first!.webhook!.secret)
    await waitUntil(() => first!.commands['ru'])
    expect(first!.commands['ru']!.map(({ command }) => command)).toContain('balance')
  })

  test('attack: refuses what does not come from Telegram, and what is no update', async () => {
    const { secret } = telegram.books[0]!.webhook!
    const send = async (name: string, headers: Record<string, string>, body: string) => {
      const url = `${studio}/api/telegram/${name}`
      return (await fetch(url, { method: 'POST', headers, body })).status
    }
    const proof = { 'x-telegram-bot-api-secret-token': secret! }
    const update = JSON.stringify({ update_id: 5, message: { chat: { id: 1 }, text: 'a fox' } })
    const before = await database().$count(telegramUpdate)
    expect(await send('main', {}, update)).toBe(401)
    expect(await send('second', proof, update)).toBe(401)
    expect(await send('none', proof, update)).toBe(404)
    expect(await send('main', proof, 'no json')).toBe(400)
    expect(await send('main', proof, '{"update_id":"5"}')).toBe(400)
    expect(await send('main', proof, '{"update_id":6}')).toBe(200)
    expect(await send('main', proof, ' '.repeat(600_000))).toBe(413)
    expect(await database().$count(telegramUpdate)).toBe(before)
  })
})

describe('an account', () => {
  test('is linked by a link of its page that works once, shown there, and unlinked there', async () => {
    const ada = await aPerson()
    const stranger = await aPerson()
    const ask = async (handler: typeof link, asker = ada, init: RequestInit = {}) =>
      handler(
        asker.ask('/api/account/telegram', {
          headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
          ...init,
        }),
      )
    const made = (await (await ask(link, ada, { method: 'POST' })).json()) as TelegramLinkAnswer
    expect(made.links.map(({ botUsername }) => botUsername)).toEqual(['first_bot', 'second_bot'])
    const code = new URL(made.links[0]!.url).searchParams.get('start')!
    expect(code).toMatch(/^[\w-]{20,64}$/)
    const person = telegram.user(301, { username: 'ada_l', language: 'ru' })
    person.say(`/start ${code}`)
    await answered(person, 'Чат привязан: Someone')
    const other = telegram.user(302)
    other.say(`/start ${code}`)
    await answered(other, 'used or expired')
    const shown = async () => (await (await ask(chats)).json()) as TelegramAnswer
    expect((await shown()).chats).toMatchObject([
      { bot: 'main', botUsername: 'first_bot', username: '@ada_l', account: 'Someone' },
    ])
    const body = JSON.stringify({ bot: 'main', telegramId: '301' })
    const gone = { method: 'DELETE', body }
    expect((await ask(unlink, stranger, gone)).status).toBe(404)
    expect((await ask(unlink, ada, gone)).status).toBe(204)
    expect((await shown()).chats).toEqual([])
    person.say('лиса')
    await answered(person, 'Сначала привяжите чат')
  })

  test('pays as everywhere: without credits it is told what is missing, in its language', async () => {
    const { person, userId } = await aLinked(303)
    person.say('a fox')
    await answered(person, 'This needs $0.20. Your balance is $0.00: $0.20 is missing.')
    person.say('/balance')
    await answered(person, /Balance: \$0\.00\. Held .*: \$0\.00\.\nSpent this month: \$0\.00\./)
    expect(await generationsOf(userId)).toEqual([])
  })

  test('that is blocked, deleted or no member any more is refused', async () => {
    const { person, userId } = await aLinked(304)
    await database().update(user).set({ banned: true }).where(eq(user.id, userId))
    person.say('a fox')
    await answered(person, 'Your account is blocked.')
    await database().delete(user).where(eq(user.id, userId))
    person.say('a fox again')
    await answered(person, 'no longer exists')
    const bob = await aPerson()
    const team = await aTeamOf(bob)
    const asker = await aSessionWithin(bob.caller, team.ownerId)
    const headers = { 'sec-fetch-site': 'same-origin' }
    const answer = await link(asker('/api/account/telegram', { method: 'POST', headers }))
    const { links } = (await answer.json()) as TelegramLinkAnswer
    const inTeam = telegram.user(305)
    inTeam.say(`/start ${new URL(links[0]!.url).searchParams.get('start')}`)
    await answered(inTeam, 'Linked to Team')
    await database().delete(member).where(eq(member.organizationId, team.ownerId))
    inTeam.say('for the team')
    await answered(inTeam, 'no longer a member')
    expect(await database().$count(generation)).toBe(0)
  })

  test('says so much in a minute and no more', async () => {
    const { person } = await aLinked(306)
    for (let count = 0; count < 9; count++) person.say('/help')
    await answered(person, 'Too many messages in a minute.')
    await waitUntil(
      async () =>
        (await database().$count(telegramUpdate, eq(telegramUpdate.chatId, '306'))) === 10,
    )
    const said = person.chat.messages.filter(
      ({ from, text }) => from === 'bot' && /Too many/.test(text),
    )
    expect(said).toHaveLength(1)
  })

  test('is made for a user of Telegram that a program names, once, and claimed by linking', async () => {
    const about = { username: 'carl', locale: 'ru', mayMake: true } as const
    expect(await accountOfTelegram('main', '307', { ...about, mayMake: false })).toBeUndefined()
    const made = await Promise.all([1, 2, 3].map(() => accountOfTelegram('main', '307', about)))
    expect(new Set(made.map((one) => one!.userId)).size).toBe(1)
    const { userId } = made[0]!
    expect(await accountOfTelegram('second', '307', about)).toEqual(made[0])
    const deps = { now: () => new Date() }
    await queueFile(deps, { ownerId: userId, prompt: 'before the claim' })
    const own = await anAccount()
    const person = telegram.user(307, { username: 'carl' })
    person.say(`/start ${own.code}`)
    await answered(person, /^У этого чата есть свой аккаунт: 1 видео и баланс \$0,00\..* «Ada \d+»/)
    expect(await generationsOf(own.userId)).toEqual([])
    expect((await linkOf(307))!.userId).toBe(userId)
    person.press('Перенести 1 видео и $0,00')
    await answered(person, 'Чат привязан')
    expect(await generationsOf(own.userId)).toMatchObject([{ prompt: 'before the claim' }])
    expect(await accountOfTelegram('second', '307', about)).toEqual({
      userId: own.userId,
      ownerId: own.userId,
    })
    await database().update(user).set({ banned: true }).where(eq(user.id, own.userId))
    expect(await accountOfTelegram('main', '307', about)).toBeUndefined()
  })
})

describe('a chat with an account of its own', () => {
  async function asked(telegramId: number) {
    const about = { username: null, locale: 'en', mayMake: true } as const
    const made = await accountOfTelegram('main', String(telegramId), about)
    await queueFile({ now: () => new Date() }, { ownerId: made!.userId })
    const own = await anAccount()
    const person = telegram.user(telegramId)
    person.say(`/start ${own.code}`)
    const question = await answered(person, 'This chat has an account of its own, with 1 video')
    return { person, own, question, made: made! }
  }

  test('moves nothing where the user cancels, and links once however often the button is pressed', async () => {
    const { person, own, question, made } = await asked(320)
    person.press('Cancel')
    await answered(person, 'Not linked. Nothing has moved.')
    expect(question.buttons).toEqual([])
    expect((await linkOf(320))!.userId).toBe(made.userId)
    person.say(`/start ${own.code}`)
    const again = await answered(person, 'This chat has an account of its own')
    for (let times = 0; times < 2; times++) person.press(/^Move 1 video and/, again.message_id)
    await answered(person, 'Linked to')
    await waitUntil(() => person.chat.toasts.includes('Already linked.'))
    expect(again.texts.filter((text) => text.startsWith('Linked to'))).toHaveLength(1)
    expect(await generationsOf(own.userId)).toHaveLength(1)
  })

  test('is told where its code has expired or was used meanwhile, and keeps what it has', async () => {
    const late = await asked(321)
    await database()
      .update(telegramCode)
      .set({ expiresAt: new Date(Date.now() - 1_000) })
      .where(eq(telegramCode.userId, late.own.userId))
    const taken = await asked(322)
    const quicker = telegram.user(323)
    quicker.say(`/start ${taken.own.code}`)
    await answered(quicker, 'Linked to')
    for (const { person, question, made } of [late, taken]) {
      person.press(/^Move 1 video/)
      await waitUntil(() => question.text.startsWith('This link is used or expired.'))
      expect(question.buttons).toEqual([])
      expect(await linkOf(person.chat.id)).toMatchObject({ userId: made.userId })
      expect(await generationsOf(made.userId)).toHaveLength(1)
    }
  })
})

describe('attack:', () => {
  test('a link of another account does not take over a chat that has one, until that lets it go', async () => {
    const { person, userId } = await aLinked(310)
    const thief = await anAccount('Thief')
    person.say(`/start ${thief.code}`)
    await answered(person, 'linked to another account')
    expect((await linkOf(310))!.userId).toBe(userId)
    person.say('/unlink')
    await answered(person, 'Unlinked.')
    person.say(`/start ${thief.code}`)
    await answered(person, 'Linked to Thief')
  })

  test('characters that cannot be kept hold up no other message', async () => {
    const { person } = await aLinked(311)
    person.say('/unknown \u0000 \ud800')
    person.say('/language')
    await answered(person, 'Choose the language')
  })

  test('buttons of other chats, other accounts and other times start nothing', async () => {
    const { person, userId } = await aLinked(312)
    const other = await aLinked(313)
    const { id } = await queueFile({ now: () => new Date() }, { ownerId: other.userId })
    const forged = [`g:again:${id}`, `g:stop:${id}`, 'v:nothing:0:go', 'v:x:1', '', 'set:m:../../x']
    for (const data of forged) {
      const button = { text: 'forged', callback_data: data }
      person.chat.messages.at(-1)!.buttons = [[button]]
      if (data) person.press('forged')
      else person.say('/help')
    }
    await answered(person, 'the prompt of a video')
    await answered(person, /doesn’t exist/)
    expect(await generationsOf(userId)).toEqual([])
    expect(await generationsOf(other.userId)).toMatchObject([{ state: 'queued' }])
  })
})

describe('notices', () => {
  const noticeOf = async (ownerId: string, fileId: string) => ({
    id: newId('notice'),
    kind: 'video.failed' as const,
    ownerId,
    userId: ownerId,
    fileId,
    createdAt: new Date(),
  })
  const telling = { locale: 'en', signal: AbortSignal.timeout(60_000) } as const

  test('tell of videos that were started elsewhere, in every chat, once however often they are told', async () => {
    const { person, userId } = await aLinked(308)
    const { id } = await queueFile(
      { now: () => new Date() },
      { ownerId: userId, prompt: 'from the studio' },
    )
    const notice = await noticeOf(userId, id)
    expect(await telegramChannel.targetsOf(notice)).toEqual(['main:308'])
    for (let times = 0; times < 3; times++)
      expect(
        await telegramChannel.tell({ ...telling, target: 'main:308', notices: [notice] }),
      ).toMatchObject({ end: 'sent' })
    await answered(person, '“from the studio”')
    const rows = await database()
      .select()
      .from(telegramVideo)
      .where(eq(telegramVideo.generationId, id))
    expect(rows).toHaveLength(1)
    const digest = [notice, await noticeOf(userId, newId('file'))]
    await telegramChannel.tell({ ...telling, target: 'main:308', notices: digest })
    await answered(person, /^Failed: 2\. See them in the studio\./)
    await telegramChannel.tell({ ...telling, target: 'main:308', notices: [] })
    await answered(person, 'This is a test.')
  })

  test('end with 403 and begin again with the next message; 429 waits as long as it says', async () => {
    const { person, userId } = await aLinked(309)
    telegram.orders.push({ method: 'sendMessage', does: '429', retryAfter: 7, chat: 309 })
    expect(await telegramChannel.tell({ ...telling, target: 'main:309', notices: [] })).toEqual({
      end: 'again',
      afterSeconds: 7,
      answer: { status: 429, code: 'too_many' },
    })
    person.chat.isBlocked = true
    const refused = await telegramChannel.tell({ ...telling, target: 'main:309', notices: [] })
    expect(refused).toMatchObject({ end: 'over', answer: { status: 403, code: 'gone' } })
    expect((await linkOf(309))!.blockedAt).not.toBeNull()
    expect(await telegramChannel.targetsOf(await noticeOf(userId, newId('file')))).toEqual([])
    person.chat.isBlocked = false
    person.say('/help')
    await answered(person, 'the prompt of a video')
    expect((await linkOf(309))!.blockedAt).toBeNull()
    expect(await database().$count(noticeSetting)).toBe(0)
    expect(await database().$count(telegramLink, eq(telegramLink.telegramId, '309'))).toBe(1)
  })
})
