import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import {
  aPicture,
  answered,
  films,
  generationsOf,
  linkNew,
  startTelegramStage,
} from '../../../tests/support/telegram/stage.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { waitUntil } from '../../../tests/support/wait-until.ts'
import { database } from '../../db/client.ts'
import { generation } from '../../db/generation-schema.ts'
import { telegramVideo } from '../../db/notice-schema.ts'

withTestDatabase()

let stage: Awaited<ReturnType<typeof startTelegramStage>>
let worker: Awaited<ReturnType<typeof stage.startWorker>>
beforeAll(async () => {
  stage = await startTelegramStage()
  worker = await stage.startWorker()
})
afterAll(() => stage.close())

const orders = () => stage.telegram.orders
const paid = (prompt: string) => stage.kie.jobsOf(prompt).length
const videosOf = (userId: string) =>
  database().select().from(telegramVideo).where(eq(telegramVideo.userId, userId))

test('killed with -9 in four places at once: nothing is lost, and each video is paid once', async () => {
  const [ada, bob, cy, dan] = [201, 202, 203, 204].map((id) => stage.telegram.user(id))
  const owners = await Promise.all([ada!, bob!, cy!, dan!].map(linkNew))
  dan!.say('a first one')
  const [first] = await films(dan!, 1)
  orders().push(
    // Between the update and its start.
    { method: 'getFile', does: 'hang' },
    // Between the start and the message that shows it.
    { method: 'sendMessage', does: 'hang', chat: 202 },
    // Between sending the film and writing that down.
    { method: 'sendVideo', does: 'hang-after', chat: 203 },
    // Between a button's start and the answer to it.
    { method: 'answerCallbackQuery', does: 'hang', chat: 204 },
  )
  ada!.photo(await aPicture(), 'killed before its start')
  bob!.say('killed before its message #kie:seconds=3')
  cy!.say('killed after its film')
  dan!.press(/^Again/, first!.message_id)
  await films(cy!, 1)
  await waitUntil(() => orders().length === 0)
  expect(await generationsOf(owners[0]!.userId)).toEqual([])
  // A submit that is out when its process dies is a decision of its user: not what is tried here.
  await waitUntil(async () => {
    const rows = await database().select().from(generation)
    return (
      rows.length === 4 && rows.every(({ state }) => state === 'waiting' || state === 'completed')
    )
  })
  await worker.kill()
  worker = await stage.startWorker()
  dan!.press(/^Again/, first!.message_id)
  await Promise.all([films(ada!, 1), films(bob!, 1), films(dan!, 2)])
  // Telegram takes no key: what was sent and not written down is sent once more.
  expect(await films(cy!, 2)).toHaveLength(2)
  await answered(cy!, /^Ready: killed after its film/)
  await waitUntil(() => dan!.chat.toasts.length > 0)
  const prompts = ['killed before its start', 'killed before its message #kie:seconds=3']
  expect([...prompts, 'killed after its film'].map(paid)).toEqual([1, 1, 1])
  expect(paid('a first one')).toBe(2)
  for (const [index, { userId }] of owners.entries())
    expect(await generationsOf(userId)).toHaveLength(index === 3 ? 2 : 1)
}, 300_000)

describe.concurrent('Telegram misbehaves', () => {
  test('updates that come twice and the newest first are done once each', async () => {
    const eve = stage.telegram.user(205)
    const { userId } = await linkNew(eve)
    Object.assign(stage.telegram.delivery, { times: 3, isReversed: true })
    for (const prompt of ['one', 'two', 'three']) eve.say(prompt)
    await films(eve, 3)
    Object.assign(stage.telegram.delivery, { times: 1, isReversed: false })
    expect(['one', 'two', 'three'].map(paid)).toEqual([1, 1, 1])
    expect(await generationsOf(userId)).toHaveLength(3)
  })

  test(
    '429, 5xx, hangs up and lost answers delay a video, and cost nothing',
    { tags: 'long' },
    async () => {
      const fay = stage.telegram.user(206)
      const { userId } = await linkNew(fay)
      orders().push(
        { method: 'sendMessage', does: '429', retryAfter: 1, chat: 206 },
        { method: 'sendMessage', does: '502', chat: 206 },
        { method: 'editMessageText', does: '500', chat: 206 },
        { method: 'editMessageText', does: 'reset-after', chat: 206 },
        { method: 'sendVideo', does: '429', retryAfter: 1, chat: 206 },
        { method: 'sendVideo', does: 'reset', chat: 206 },
        { method: 'getUpdates', does: '502' },
      )
      fay.say('patience')
      expect(await films(fay, 1)).toHaveLength(1)
      await waitUntil(async () => (await videosOf(userId))[0]?.dueAt === null)
      expect(paid('patience')).toBe(1)
      expect(await generationsOf(userId)).toHaveLength(1)
    },
  )

  test(
    'a film that it does not take, or that is too large for it, comes as a link',
    { tags: 'long' },
    async () => {
      const gus = stage.telegram.user(207)
      await linkNew(gus)
      orders().push({ method: 'sendVideo', does: '400', chat: 207 })
      gus.say('not taken')
      const { text } = await answered(gus, 'Download it within 7 days')
      expect(text).toMatch(
        /^not taken\n\nVeo .*http:\/\/localhost:3000\/api\/media\/file_\w+\/video\.mp4\?until=\d+&signature=/s,
      )
    },
  )

  test(
    'one that blocks the bot is told nothing more, until it writes again',
    { tags: 'long' },
    async () => {
      const hal = stage.telegram.user(208)
      const { userId } = await linkNew(hal)
      hal.say('blocked meanwhile #kie:seconds=2')
      await answered(hal, '“blocked meanwhile')
      hal.block()
      await waitUntil(async () => (await videosOf(userId))[0]?.dueAt === null)
      hal.unblock()
      hal.say('and back')
      await films(hal, 1)
      expect(paid('and back')).toBe(1)
    },
  )
})

test(
  'of two processes one asks Telegram, and the other goes on where it dies',
  { tags: 'long' },
  async () => {
    const ida = stage.telegram.user(209)
    await linkNew(ida)
    const second = await stage.startWorker()
    ida.say('by two processes')
    await films(ida, 1)
    await worker.kill()
    worker = second
    ida.say('by the one that is left')
    // The first film may come once more: its process may have died before it wrote down that it was sent.
    await answered(ida, /^Ready: by the one that is left/)
    expect([paid('by two processes'), paid('by the one that is left')]).toEqual([1, 1])
  },
)
