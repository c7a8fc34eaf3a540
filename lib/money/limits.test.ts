import fc from 'fast-check'
import { eq, inArray } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { sayIn } from '#lib/messages/translate'
import { manyConnections, withTestDatabase } from '../../tests/support/database/test-database.ts'
import { apikey } from '../db/auth-schema.ts'
import { database, inTransaction } from '../db/client.ts'
import { hold, spending } from '../db/money-schema.ts'
import { AppError } from '../errors.ts'
import { newId } from '../ids.ts'
import { checkLedger } from './check.ts'
import { holdFor, settle } from './holds.ts'
import { setLimits } from './limits.ts'
import type { Payer } from './spending.ts'

withTestDatabase(manyConnections)

const now = new Date('2026-11-27T16:00:00Z')
const day = '2026-11-27'

async function aKey(referenceId: string, createdBy: string | null) {
  const id = newId('key')
  const metadata = JSON.stringify({ createdBy })
  await database()
    .insert(apikey)
    .values({ id, key: id, referenceId, metadata, createdAt: now, updatedAt: now })
  return id
}

/** Every way in which a user may start a video, no matter who pays; none of them is another's. */
async function waysOf(userId: string, organizationIds: readonly string[]): Promise<Payer[]> {
  const own = { ownerId: userId, userId }
  const ways: Payer[] = [
    { ...own, keyId: null },
    { ...own, keyId: await aKey(userId, userId) },
  ]
  for (const ownerId of organizationIds)
    ways.push(
      { ownerId, userId, keyId: null },
      // The key of an organization acts for it, and has no account behind it.
      { ownerId, userId: '', keyId: await aKey(ownerId, userId) },
    )
  return ways
}

async function start(payer: Payer, amountMicros: number) {
  const generationId = newId('file')
  const one = { generationId, amountMicros, priceFactor: 1e6, model: 'veo' }
  await inTransaction((tx) => holdFor(tx, { payer, holds: [one], now }))
  return generationId
}

async function spentBy(scope: string) {
  const rows = await database().select().from(spending).where(eq(spending.scope, scope))
  return rows.find(({ period }) => period === day)?.micros ?? 0
}

describe('a user’s limit', () => {
  const limitMicros = 1_000
  const wish = fc.record({ way: fc.nat(5), micros: fc.integer({ min: 1, max: 400 }) })

  test('holds for all that the user starts, by whatever way, at once, no matter who pays', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(wish, { minLength: 5, maxLength: 40 }), async (wishes) => {
        const [userId, ...organizations] = [newId('token'), newId('token'), newId('token')]
        const ways = await waysOf(userId, organizations)
        await setLimits(`user:${userId}`, { dayMicros: limitMicros, monthMicros: null }, null, now)
        const results = await Promise.allSettled(
          wishes.map(({ way, micros }) => start(ways[way]!, micros)),
        )
        const refused = wishes.filter((_, place) => results[place]!.status === 'rejected')
        for (const result of results)
          if (result.status === 'rejected')
            expect(result.reason).toMatchObject({ code: 'spending_limit_reached' })
        const holds = await database()
          .select()
          .from(hold)
          .where(inArray(hold.ownerId, [userId, ...organizations]))
        const held = holds.reduce((sum, { amountMicros }) => sum + amountMicros, 0)
        expect(held).toBeLessThanOrEqual(limitMicros)
        expect(await spentBy(`user:${userId}`)).toBe(held)
        // None was refused that would have fitted in.
        for (const { micros } of refused) expect(held + micros).toBeGreaterThan(limitMicros)
        for (const one of holds) expect(one.userId).toBe(userId)
      }),
      { numRuns: 15, endOnFailure: true },
    )
    expect(await checkLedger()).toMatchObject({ sum: '0', mismatches: 0 })
  })

  test('is not reached by what others start for the same organization, and gets back what was not charged', async () => {
    const [anna, bert, organization] = [newId('token'), newId('token'), newId('token')]
    await setLimits(`user:${anna}`, { dayMicros: 500, monthMicros: null }, null, now)
    const byKeyOf = async (maker: string | null): Promise<Payer> => ({
      ownerId: organization,
      userId: '',
      keyId: await aKey(organization, maker),
    })
    const [hers, his, operators] = [await byKeyOf(anna), await byKeyOf(bert), await byKeyOf(null)]
    const first = await start(hers, 500)
    await start(his, 500)
    await start(operators, 500)
    await start({ ownerId: organization, userId: bert, keyId: null }, 500)
    await expect(start(hers, 1)).rejects.toMatchObject({ code: 'spending_limit_reached' })
    await inTransaction((tx) => settle(tx, first, { kind: 'charge', costMicros: 100 }, now))
    expect(await spentBy(`user:${anna}`)).toBe(100)
    expect(await spentBy(`organization:${organization}`)).toBe(1_600)
    await start(hers, 400)
  })

  test('is told to the reader of a key’s answer as the limit of who made the key', async () => {
    const [anna, organization] = [newId('token'), newId('token')]
    await setLimits(`user:${anna}`, { dayMicros: 500_000, monthMicros: null }, null, now)
    const payer = { ownerId: organization, userId: '', keyId: await aKey(organization, anna) }
    const error = await start(payer, 600_000).catch((caught: unknown) => caught)
    if (!(error instanceof AppError)) throw new Error('it was not refused')
    expect(sayIn('en', error.userMessage)).toBe(
      'This needs $0.60. The key creator’s limit is $0.50 a day. An administrator of the studio can raise it.',
    )
    expect(sayIn('ru', error.userMessage)).toContain('Лимит создателя этого ключа — $0,50 в день')
  })
})
