import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import {
  allDeliveries,
  enqueue,
  forgetNotices,
  notedChannel,
  sentOk,
  spreadDue,
  testNotices,
} from '../../tests/support/notices/told.ts'
import { database } from '../db/client.ts'
import { noticeDelivery } from '../db/notice-schema.ts'
import { claimDue } from './claim.ts'
import { deliver } from './deliver.ts'
import type { NoticeStep } from './deps.ts'

withTestDatabase()
beforeEach(forgetNotices)

class Crashed extends Error {}

const isLong = process.env.PLANS !== undefined
const noticeCount = isLong ? 10_000 : 150

/** Numbers below 1, the same ones for the same seed. */
function numbersOf(seed: number) {
  let state = seed >>> 0
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/**
 * Delivers so many notices through two channels by processes that end between any two steps, again and again. Answers
 * what arrived, and how often a process ended right after it had sent something.
 */
async function deliverThroughCrashes(count: number, seed: number) {
  const random = numbersOf(seed)
  const crashAfter: Record<string, number> = {}
  const arrived = new Map<string, number>()
  const tell = async ({
    notices,
    target,
  }: {
    notices: readonly { id: string }[]
    target: string
  }) => {
    lastSent = 0
    if (random() < 0.05) return { end: 'again', answer: { status: 503, code: 'refused' } } as const
    for (const { id } of notices)
      arrived.set(`${id} ${target}`, (arrived.get(`${id} ${target}`) ?? 0) + 1)
    lastSent = notices.length
    return sentOk
  }
  let lastSent = 0
  let allowed = 0
  const { channel: webhook } = notedChannel('webhook', {
    tell,
    targetsOf: ({ ownerId }) => Promise.resolve([`${ownerId} a`, `${ownerId} b`]),
  })
  const { channel: mail } = notedChannel('mail', { tell, hasDigest: true })
  const { channel: push } = notedChannel('push', { tell, hasDigest: true })
  const after = (step: NoticeStep) => {
    if (random() > (step === 'claimed' ? 0.3 : 0.06)) return
    crashAfter[step] = (crashAfter[step] ?? 0) + 1
    if (step === 'sent') allowed += lastSent
    throw new Crashed(step)
  }
  const deps = testNotices([webhook, mail, push], { after })
  const users = Array.from({ length: 40 }, (_, index) => `user-${index}`)
  for (let index = 0; index < count; index++) {
    const userId = users[Math.floor(random() * users.length)]!
    await enqueue({ userId, createdAt: deps.clock!() })
    deps.pass(random() * 500)
  }
  const survive = async <T>(work: () => Promise<T>) => {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Crashed)) throw error
      return undefined
    }
  }
  const isOpen = () => database().$count(noticeDelivery, eq(noticeDelivery.state, 'due'))
  for (let round = 0, isSpread = false; !isSpread || (await isOpen()); round++) {
    if (round > 200) throw new Error('it does not come to an end')
    for (let look = 0; look < 60; look++) {
      if (!isSpread) isSpread = (await survive(() => spreadDue(deps).then(() => true))) === true
      const claimed = await survive(() => claimDue(deps, 64))
      if (claimed?.length === 0) break
      for (const one of claimed ?? []) await survive(() => deliver(one, deps))
    }
    deps.pass(61_000)
  }
  return { arrived, allowed, crashAfter }
}

describe('notices through processes that end between any two steps', () => {
  test(
    `${noticeCount} of them: none is lost, and each that came twice was sent right before an end`,
    async () => {
      const { arrived, allowed, crashAfter } = await deliverThroughCrashes(noticeCount, 12)
      // Two endpoints of the owner, the push of the user; mail is off unless it was turned on.
      expect(arrived.size).toBe(noticeCount * 3)
      const doubles = [...arrived.values()].reduce((sum, times) => sum + times - 1, 0)
      expect(doubles).toBe(allowed)
      for (const step of ['spread', 'spread written', 'claimed', 'sent', 'written'])
        expect(crashAfter[step], step).toBeGreaterThan(0)
      expect((await allDeliveries()).every(({ state }) => state === 'sent')).toBe(true)
    },
    isLong ? 3_000_000 : 180_000,
  )

  test(
    'whatever the order of the ends is',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 31 }), async (seed) => {
          await forgetNotices()
          const { arrived, allowed } = await deliverThroughCrashes(10, seed)
          expect(arrived.size).toBe(30)
          const doubles = [...arrived.values()].reduce((sum, times) => sum + times - 1, 0)
          expect(doubles).toBe(allowed)
        }),
        { numRuns: isLong ? 50 : 4 },
      )
    },
    isLong ? 600_000 : 180_000,
  )
})
