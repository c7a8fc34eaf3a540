import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { aPerson } from '../../../tests/support/people/a-person.ts'
import { generationsOf } from '../../../tests/support/telegram/stage.ts'
import { queueFile } from '../../../tests/support/generations/test-generation.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { user } from '../../db/auth-schema.ts'
import { database } from '../../db/client.ts'
import { telegramCode, telegramVideo } from '../../db/notice-schema.ts'
import { env } from '../../env.ts'
import { useDataFolder } from '../../http/test-visitor.ts'
import { linkByCode, makeCode } from './link-by-code.ts'
import { accountOfTelegram, findLink } from './links.ts'
import { takeDueVideos, tellVideo } from './videos.ts'

useDataFolder()
withTestDatabase()
beforeAll(() => {
  Object.assign(env(), { TELEGRAM_BOTS: [['main', '1:token']] })
})

const deps = { now: () => new Date() }
const writer = (telegramId: string) =>
  ({ bot: 'main', telegramId, username: null, locale: 'en' }) as const

/** A chat whose account was made for it, and a person with a code. */
async function aMadeChat(telegramId: string) {
  const made = await accountOfTelegram('main', telegramId, { locale: 'en', mayMake: true })
  const { caller } = await aPerson()
  return { made: made!, caller, code: (await makeCode(caller)).code }
}

test('attack: a code that has expired moves nothing of a chat into its account', async () => {
  const { made, caller, code } = await aMadeChat('401')
  await database()
    .update(telegramCode)
    .set({ expiresAt: new Date(Date.now() - 1_000) })
    .where(eq(telegramCode.userId, caller.userId))
  expect(await linkByCode(code, writer('401'), { mayMove: true })).toBeUndefined()
  expect(await findLink('main', '401')).toMatchObject({ userId: made.userId })
  expect(await accountOfTelegram('main', '401', { locale: 'en', mayMake: false })).toEqual(made)
})

test('attack: of two chats with accounts of their own that use one code at once, one is linked and the other keeps what it has', async () => {
  for (const round of [1, 2, 3]) {
    const [one, two] = [`41${round}`, `42${round}`]
    const { caller, code, made: first } = await aMadeChat(one)
    const { made: second } = await aMadeChat(two)
    const madeBy = { [one]: first, [two]: second }
    for (const { userId } of [first, second]) await queueFile(deps, { ownerId: userId })
    const outcomes = await Promise.all(
      [one, two].map((chat) => linkByCode(code, writer(chat), { mayMove: true })),
    )
    expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(1)
    const loser = outcomes[0] === undefined ? one : two
    expect(await findLink('main', loser)).toMatchObject({ userId: madeBy[loser]!.userId })
    expect(await generationsOf(madeBy[loser]!.userId)).toHaveLength(1)
    expect(await generationsOf(caller.ownerId)).toHaveLength(1)
  }
})

test('a chat whose account is banned is linked, and what that account has stays there', async () => {
  const { made, caller, code } = await aMadeChat('403')
  await queueFile(deps, { ownerId: made.userId })
  await database().update(user).set({ banned: true }).where(eq(user.id, made.userId))
  expect(await linkByCode(code, writer('403'))).toMatchObject({ userId: caller.userId })
  expect(await generationsOf(made.userId)).toHaveLength(1)
})

test('a chat that is linked while a video is made is told of it by the account it moved to', async () => {
  const { made, caller, code } = await aMadeChat('402')
  const place = { bot: 'main', chatId: '402' }
  await tellVideo({ ...place, ...made, fileId: 'file_under_way' })
  await tellVideo({ ...place, userId: 'of before', ownerId: 'of before', fileId: 'file_of_others' })
  expect(await linkByCode(code, writer('402'), { mayMove: true })).toMatchObject({
    userId: caller.userId,
  })
  const videos = await database()
    .select()
    .from(telegramVideo)
    .where(eq(telegramVideo.chatId, '402'))
  const owners = new Map(videos.map(({ generationId, ...whose }) => [generationId, whose]))
  expect(owners.get('file_under_way')).toMatchObject({
    userId: caller.userId,
    ownerId: caller.ownerId,
  })
  expect(owners.get('file_of_others')).toMatchObject({ userId: 'of before', ownerId: 'of before' })
})

test('the messages of one chat leave room for those of the others', async () => {
  const tellIn = (chatId: string, fileId: string) =>
    tellVideo({ bot: 'crowd', chatId, userId: 'u', ownerId: 'o', fileId })
  for (let index = 0; index < 10; index++) await tellIn('flood', `file_${index}`)
  await tellIn('calm', 'file_calm')
  const chats = (await takeDueVideos('crowd', 8)).map(({ chatId }) => chatId)
  expect(chats).toContain('calm')
  expect(chats.filter((one) => one === 'flood')).toHaveLength(2)
  expect(await takeDueVideos('crowd', 8, ['flood'])).toEqual([])
  expect(await takeDueVideos('crowd', 1)).toHaveLength(1)
})
