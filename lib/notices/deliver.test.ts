import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import {
  allDeliveries,
  deliverAll,
  enqueue,
  forgetNotices,
  notedChannel,
  sentOk,
  spreadDue,
  testNotices,
} from '../../tests/support/notices/told.ts'
import { anAccount } from '../../tests/support/people/an-account.ts'
import { database, inTransaction } from '../db/client.ts'
import { notice, noticeSetting } from '../db/notice-schema.ts'
import { addMember, removeMember } from '../people/organizations/members.ts'
import { createOrganization } from '../people/organizations/organizations.ts'
import { listNotices } from './bell.ts'
import type { TellOutcome } from './channel.ts'
import { claimDue, claimStatement } from './claim.ts'
import { deliver } from './deliver.ts'
import { momentOf } from './deps.ts'
import { saveNoticeSettings } from './settings.ts'
import { removeOldNotices } from './worker.ts'

withTestDatabase()
beforeEach(async () => {
  await forgetNotices()
  await database().delete(noticeSetting)
})

const refused = { end: 'again', answer: { status: 500, code: 'refused' } } as const
const failing = (afterSeconds?: number): TellOutcome =>
  afterSeconds === undefined ? refused : { ...refused, afterSeconds }

const idsOf = (told: { notices: readonly { fileId: string }[] }[]) =>
  told.map(({ notices }) => notices.map(({ fileId }) => fileId))

describe('a notice', () => {
  test('is told once an address, a program at once and a person after a moment', async () => {
    const { channel: webhook, told: posted } = notedChannel('webhook', {
      targetsOf: () => Promise.resolve(['a', 'b', 'a']),
    })
    const { channel: push, told: pushed } = notedChannel('push')
    const deps = testNotices([webhook, push])
    const key = 'one logical notice'
    await enqueue({ key, createdAt: deps.clock!() })
    await enqueue({ key, createdAt: deps.clock!() })
    await deliverAll(deps)
    expect(posted.map(({ target }) => target).toSorted()).toEqual(['a', 'b'])
    expect(pushed).toEqual([])
    deps.pass(5_000)
    await deliverAll(deps)
    expect(pushed).toHaveLength(1)
    deps.pass(3_600_000)
    await deliverAll(deps)
    expect([posted.length, pushed.length]).toEqual([2, 1])
  })

  test('that an open page has shown is told to no person, and to every program', async () => {
    const [{ channel: webhook, told: posted }, { channel: push, told: pushed }] = [
      notedChannel('webhook'),
      notedChannel('push'),
    ]
    const deps = testNotices([webhook, push])
    await enqueue({ createdAt: deps.clock!() })
    await deliverAll(deps)
    await database().update(notice).set({ seenAt: deps.clock!() })
    deps.pass(5_000)
    await deliverAll(deps)
    expect([posted.length, pushed.length]).toEqual([1, 0])
    expect((await allDeliveries()).map(({ state }) => state).toSorted()).toEqual([
      'dropped',
      'sent',
    ])
  })

  test('is told as its user wants it: neither by a channel nor of a kind that is off', async () => {
    const { channel: push, told: pushed } = notedChannel('push')
    const { channel: mail, told: mailed } = notedChannel('mail')
    const { channel: webhook, told: posted } = notedChannel('webhook')
    const deps = testNotices([push, mail, webhook])
    const kinds = {
      'video.completed': true,
      'video.failed': false,
      'video.delayed': true,
      'video.decision': true,
    }
    const channels = { push: false, telegram: true, mail: true }
    await saveNoticeSettings('anna', { locale: 'ru', channels, kinds })
    const completed = await enqueue({ createdAt: deps.clock!() })
    await enqueue({ createdAt: deps.clock!(), kind: 'video.failed' })
    await deliverAll(deps)
    deps.pass(5_000)
    await deliverAll(deps)
    expect(pushed).toEqual([])
    expect(idsOf(mailed)).toEqual([[completed]])
    expect(mailed[0]!.locale).toBe('ru')
    expect(posted).toHaveLength(2)
  })

  test('of an organization is told to no person who has left it since, and to its programs', async () => {
    const [owner, gone] = [await anAccount(), await anAccount()]
    const { id: ownerId } = await createOrganization(owner, { name: 'Studio' })
    const wanted = { organizationId: ownerId, userId: gone.userId, role: 'member' } as const
    await inTransaction((tx) => addMember(tx, wanted))
    const [push, webhook] = [notedChannel('push'), notedChannel('webhook')]
    const deps = testNotices([push.channel, webhook.channel])
    for (const { userId } of [owner, gone])
      await enqueue({ userId, ownerId, createdAt: deps.clock!() })
    await enqueue({ userId: gone.userId, createdAt: deps.clock!() })
    await spreadDue(deps)
    expect(await listNotices(gone.userId)).toMatchObject({ unseen: 2 })
    await removeMember({ organizationId: ownerId, by: owner.userId, userId: gone.userId })
    deps.pass(5_000)
    await deliverAll(deps)
    const ownersOf = (told: typeof push.told) => told.map(({ notices }) => notices[0]!.ownerId)
    expect(ownersOf(push.told).toSorted()).toEqual([ownerId, gone.userId].toSorted())
    expect(webhook.told).toHaveLength(3)
    const { notices, unseen } = await listNotices(gone.userId)
    expect([notices.length, unseen]).toEqual([1, 1])
    expect(await listNotices(owner.userId)).toMatchObject({ unseen: 1 })
  })

  test('whose addresses cannot be read waits for them, and keeps none behind it waiting', async () => {
    let isBroken = true
    const { channel: webhook, told } = notedChannel('webhook', {
      targetsOf: ({ userId }) =>
        isBroken && userId === 'broken'
          ? Promise.reject(new Error('broken'))
          : Promise.resolve([userId]),
    })
    const deps = testNotices([webhook, notedChannel('push').channel])
    await enqueue({ userId: 'broken', createdAt: deps.clock!() })
    deps.pass(1)
    await enqueue({ userId: 'anna', createdAt: deps.clock!() })
    await deliverAll(deps)
    expect(told.map(({ target }) => target)).toEqual(['anna'])
    isBroken = false
    await deliverAll(deps)
    expect(told.map(({ target }) => target)).toEqual(['anna', 'broken'])
    expect(await allDeliveries()).toHaveLength(4)
  })
})

describe('a try that fails', () => {
  test('is followed by others, further and further apart, for a day', async () => {
    const { channel, told } = notedChannel('webhook', { tell: async () => failing() })
    const deps = testNotices([channel])
    await enqueue({ createdAt: deps.clock!() })
    const pauses: number[] = []
    for (;;) {
      await deliverAll(deps)
      const [{ state, dueAt } = { state: 'lost', dueAt: new Date() }] = await allDeliveries()
      if (state !== 'due') break
      pauses.push(dueAt.getTime() - deps.clock!().getTime())
      deps.pass(pauses.at(-1)!)
    }
    expect(pauses.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(20 * 3_600_000)
    expect(pauses.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(24 * 3_600_000)
    expect(told.length).toBeGreaterThan(10)
    expect(told.length).toBeLessThan(30)
    expect(pauses.at(-1)).toBeGreaterThan(5_000_000)
    const [delivery] = await allDeliveries()
    expect(delivery).toMatchObject({ state: 'failed', tries: told.length })
    expect(delivery!.answers).toHaveLength(10)
    expect(delivery!.answers[0]).toMatchObject({ status: 500, code: 'refused' })
  })

  test('waits as long as it is told to', async () => {
    let answer: TellOutcome = failing(1_000)
    const { channel, told } = notedChannel('webhook', { tell: async () => answer })
    const deps = testNotices([channel])
    await enqueue({ createdAt: deps.clock!() })
    await deliverAll(deps)
    deps.pass(999_000)
    await deliverAll(deps)
    expect(told).toHaveLength(1)
    answer = sentOk
    deps.pass(1_001)
    await deliverAll(deps)
    expect((await allDeliveries())[0]).toMatchObject({ state: 'sent', tries: 2 })
  })

  test('at an address that is gone is the last, for all that waits for it', async () => {
    const { channel, told } = notedChannel('webhook', {
      tell: async () => ({ end: 'over', answer: { status: 410, code: 'gone' } }),
    })
    const deps = testNotices([channel])
    for (let index = 0; index < 5; index++) await enqueue({ createdAt: deps.clock!() })
    await deliverAll(deps)
    expect(told).toHaveLength(1)
    const states = (await allDeliveries()).map(({ state }) => state)
    expect(states.toSorted()).toEqual(['dropped', 'dropped', 'dropped', 'dropped', 'failed'])
  })

  test('of two owners at one address is each told once, whatever is told of the other', async () => {
    let gone: string | undefined
    const { channel, told } = notedChannel('webhook', {
      targetsOf: () => Promise.resolve(['https://example.com/shared']),
      tell: async ({ notices: [first] }) =>
        first!.ownerId === gone ? { end: 'over', answer: { status: 410, code: 'gone' } } : sentOk,
    })
    const deps = testNotices([channel])
    const sent = []
    for (const userId of ['anna', 'bert']) {
      sent.push(await enqueue({ userId, createdAt: deps.clock!() }))
      deps.pass(1)
    }
    await deliverAll(deps)
    const each = idsOf(told).map((ids) => ids.join(' '))
    expect(each.toSorted()).toEqual(sent.toSorted())
    for (const userId of ['bert', 'anna', 'anna'])
      await enqueue({ userId, createdAt: deps.clock!() })
    gone = 'bert'
    await deliverAll(deps)
    const states = (await allDeliveries()).map(({ ownerId, state }) => `${ownerId} ${state}`)
    expect(states.toSorted()).toEqual([
      'anna sent',
      'anna sent',
      'anna sent',
      'bert failed',
      'bert sent',
    ])
  })

  test('ends with its time where the channel never answers, and where it throws', async () => {
    const time = new AbortController()
    const { channel: push } = notedChannel('push', {
      tell: () => {
        time.abort()
        return new Promise(() => {})
      },
    })
    const { channel: webhook } = notedChannel('webhook', {
      tell: () => Promise.reject(new Error('what the other side said')),
    })
    const pace = { noticeGraceMs: 0, noticeTimeoutMs: 50 }
    const never = new AbortController().signal
    for (const [channel, timeout] of [
      [push, time.signal],
      [webhook, never],
    ] as const) {
      const deps = testNotices([channel], { pace, timeout: () => timeout })
      await enqueue({ createdAt: deps.clock!() })
      await deliverAll(deps)
    }
    const answers = Object.fromEntries(
      (await allDeliveries()).map(({ channel, answers: [first] }) => [channel, first!.code]),
    )
    expect(answers).toEqual({ push: 'timed_out', webhook: 'unreachable' })
    expect(JSON.stringify(await allDeliveries())).not.toContain('other side')
  })

  test('that the end of the process breaks off is no try, and is due at once', async () => {
    const ending = new AbortController()
    const { channel } = notedChannel('webhook', { tell: () => new Promise(() => {}) })
    const deps = testNotices([channel], { signal: ending.signal })
    await enqueue({ createdAt: deps.clock!() })
    await spreadDue(deps)
    const [claimed] = await claimDue(deps, 1)
    const sending = deliver(claimed!, deps)
    ending.abort(new Error('the process ends'))
    await sending
    const next = testNotices([channel])
    expect((await claimDue(next, 1)).map(({ deliveries }) => deliveries[0]!.tries)).toEqual([0])
  })
})

describe('owners and addresses', () => {
  test('take turns: a flood to one hanging address delays neither others nor other addresses', async () => {
    const { channel } = notedChannel('webhook', {
      targetsOf: ({ ownerId }) =>
        Promise.resolve(ownerId === 'flood' ? ['hangs', 'works'] : [ownerId]),
    })
    const deps = testNotices([channel])
    for (let index = 0; index < 60; index++)
      await enqueue({ userId: 'flood', createdAt: deps.clock!() })
    deps.pass(1_000)
    await enqueue({ userId: 'boris', createdAt: deps.clock!() })
    await spreadDue(deps)
    // Two processes claim: the address that hangs is with the first of them.
    const first = await claimDue(deps, 16)
    expect(first.map(({ target }) => target).toSorted()).toEqual(['boris', 'hangs', 'works'])
    expect(await claimDue(deps, 16)).toEqual([])
  })

  test('an owner with many addresses that hang leaves room for the others', async () => {
    const { channel } = notedChannel('webhook', {
      targetsOf: ({ fileId, ownerId }) => Promise.resolve([ownerId === 'flood' ? fileId : ownerId]),
    })
    const deps = testNotices([channel])
    for (let index = 0; index < 30; index++)
      await enqueue({ userId: 'flood', createdAt: deps.clock!() })
    deps.pass(1_000)
    await enqueue({ userId: 'boris', createdAt: deps.clock!() })
    await spreadDue(deps)
    const claimed = [...(await claimDue(deps, 16)), ...(await claimDue(deps, 16))]
    const owners = claimed.map(({ deliveries }) => deliveries[0]!.notice.ownerId)
    expect(owners.toSorted()).toEqual(['boris', 'flood', 'flood', 'flood', 'flood'])
  })
})

describe('a look', () => {
  /** Addresses of one owner that wait: of one notice, in an hour or now. */
  async function waiting(userId: string, count: number, isLater = false) {
    const { channel } = notedChannel('webhook', {
      targetsOf: () =>
        Promise.resolve(Array.from({ length: count }, (_, index) => `${userId} ${index}`)),
    })
    const deps = testNotices([channel])
    if (isLater) deps.pass(3_600_000)
    await enqueue({ userId, createdAt: deps.clock!() })
    await spreadDue(deps)
  }

  test('costs the same however many addresses wait, later or now', async () => {
    for (const isLater of [true, false]) await waiting(`owner ${isLater}`, 600, isLater)
    const now = momentOf(testNotices([]))
    const wanted = { names: ['webhook'], atMost: 16, leaseId: 'lease', now }
    const statement = sql`explain (analyze, format json) ${claimStatement(wanted)}`
    const { rows } = await database().execute(statement)
    const loops = JSON.stringify(rows).matchAll(/"Actual Loops":(\d+)/g)
    const most = Math.max(...[...loops].map(([, count]) => Number(count)))
    expect(most).toBeGreaterThan(100)
    expect(most).toBeLessThan(400)
  })

  test('by the clock of the database reads nothing of what is due later', async () => {
    await waiting('later', 600, true)
    await database().execute(sql`update notice_delivery set due_at = now() + interval '1 hour'`)
    const wanted = { names: ['webhook'], atMost: 16, leaseId: 'lease', now: momentOf({}) }
    const statement = sql`explain (analyze, format json) ${claimStatement(wanted)}`
    const plan = JSON.stringify((await database().execute(statement)).rows)
    const removed = [...plan.matchAll(/"Rows Removed by Filter":(\d+)/g)].map(([, n]) => Number(n))
    expect(Math.max(...removed)).toBeLessThan(300)
  })

  test('after the other comes to those that a flood hides', async () => {
    await waiting('flood', 300)
    await waiting('later', 200, true)
    const { channel } = notedChannel('webhook')
    const deps = testNotices([channel])
    deps.pass(1_000)
    await enqueue({ userId: 'zoe', createdAt: deps.clock!() })
    await spreadDue(deps)
    const walk = {}
    const owners: string[] = []
    for (let look = 0; look < 5; look++)
      owners.push(...(await claimDue(deps, 16, walk)).map(({ ownerId }) => ownerId))
    expect(owners.toSorted()).toEqual(['flood', 'flood', 'flood', 'flood', 'zoe'])
  })
})

describe('a digest', () => {
  const digesting = () => notedChannel('push', { hasDigest: true })

  test('tells five of a minute in one message, oldest first; a program is told of each', async () => {
    const { channel: push, told } = digesting()
    const { channel: webhook, told: posted } = notedChannel('webhook')
    const deps = testNotices([push, webhook])
    const files = []
    for (let index = 0; index < 6; index++) {
      files.push(await enqueue({ createdAt: deps.clock!() }))
      deps.pass(100)
    }
    deps.pass(5_000)
    await deliverAll(deps)
    expect(idsOf(told)).toEqual([files])
    expect(posted).toHaveLength(6)
    expect(
      (await allDeliveries()).every(({ state, tries }) => state === 'sent' && tries === 1),
    ).toBe(true)
  })

  test('is none of four, nor of two users', async () => {
    const { channel, told } = digesting()
    const deps = testNotices([channel])
    for (let index = 0; index < 4; index++)
      for (const userId of ['anna', 'boris']) await enqueue({ userId, createdAt: deps.clock!() })
    deps.pass(5_000)
    await deliverAll(deps)
    expect(told.map(({ notices }) => notices.length)).toEqual(Array(8).fill(1))
  })

  test('gathers five that end within a minute where so many are under way', async () => {
    const { channel, told } = digesting()
    let underWay = 5
    const deps = testNotices([channel], { videosUnderWay: () => Promise.resolve(underWay) })
    for (let index = 0; index < 5; index++) {
      underWay -= 1
      await enqueue({ createdAt: deps.clock!() })
      for (let second = 0; second < 10; second += 2) {
        await deliverAll(deps)
        deps.pass(2_000)
      }
    }
    await deliverAll(deps)
    expect(told.map(({ notices }) => notices.length)).toEqual([5])
  })

  test('lets one wait for a minute and no longer', async () => {
    const { channel, told } = digesting()
    const deps = testNotices([channel], { videosUnderWay: () => Promise.resolve(5) })
    await enqueue({ createdAt: deps.clock!() })
    for (let second = 0; second < 58; second += 2) {
      await deliverAll(deps)
      deps.pass(2_000)
    }
    expect(told).toEqual([])
    deps.pass(8_000)
    await deliverAll(deps)
    expect(told).toHaveLength(1)
  })
})

test('notices of more than 30 days are removed with their deliveries', async () => {
  const { channel } = notedChannel('webhook')
  const deps = testNotices([channel])
  const old = await enqueue({ createdAt: new Date(Date.now() - 31 * 24 * 3_600_000) })
  const young = await enqueue({ createdAt: new Date() })
  await spreadDue(deps)
  await removeOldNotices()
  const left = await database().select().from(notice)
  expect(left.map(({ generationId }) => generationId)).toEqual([young])
  expect(await allDeliveries()).toHaveLength(1)
  expect(await database().$count(notice, eq(notice.generationId, old))).toBe(0)
})
