import { describe, expect, test } from 'vitest'
import { manyConnections, withTestDatabase } from '../../tests/support/database/test-database.ts'
import { database } from '../db/client.ts'
import { redeemCode } from '../db/money-schema.ts'
import { balanceOf } from './accounts.ts'
import { checkLedger } from './check.ts'
import { listBatches, makeCodes, redeem, revokeBatch } from './codes.ts'

withTestDatabase(manyConnections)

const now = new Date('2026-11-27T16:00:00Z')
const later = (days: number) => new Date(now.getTime() + days * 86_400_000)
const make = (wish: object = {}, at = now) => makeCodes({ count: 1, usd: 5, ...wish }, 'admin', at)
const use = (code: unknown, ownerId = 'anna', at = now) =>
  redeem({ ownerId, userId: 'anna' }, code, at)
const refused = { code: 'not_found' }

describe('a code', () => {
  test('adds what it is worth to the active owner, once', async () => {
    const { codes } = await make()
    expect(await use(codes[0], 'org_1')).toMatchObject({ amountMicros: 5_000_000 })
    await expect(use(codes[0], 'org_1')).rejects.toMatchObject(refused)
    expect(await balanceOf('org_1')).toMatchObject({ availableMicros: 5_000_000 })
    expect(await balanceOf('anna')).toMatchObject({ availableMicros: 0 })
  })

  test('is used once, also by many at once', async () => {
    const { codes } = await make()
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => use(codes[0], `many${index % 2}`)),
    )
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const balances = await Promise.all([balanceOf('many0'), balanceOf('many1')])
    expect(balances[0].availableMicros + balances[1].availableMicros).toBe(5_000_000)
  })

  test('is read as it is typed', async () => {
    const { codes } = await make({ count: 3 })
    await use(codes[0]!.toLowerCase())
    await use(codes[1]!.replaceAll('-', ' '))
    await use(`  ${codes[2]!.replace(/^PF-/, '').replaceAll('-', '').replaceAll('0', 'o')}\n`)
  })

  test('that is expired, revoked or guessed is refused alike', async () => {
    const expiring = await make({ days: 1 })
    await expect(use(expiring.codes[0], 'anna', later(1))).rejects.toMatchObject(refused)
    const revoked = await make({ count: 2 })
    await use(revoked.codes[0])
    expect(await revokeBatch(revoked.batchId, now)).toBe(1)
    expect(await revokeBatch(revoked.batchId, now)).toBe(0)
    const guesses = [revoked.codes[1], '', 'PF', 'a'.repeat(101), 7, null, undefined, {}]
    for (const guess of guesses)
      await expect(Promise.resolve().then(() => use(guess))).rejects.toMatchObject(refused)
    await use(expiring.codes[0])
  })

  test('is kept by its hash alone, and none is made twice', async () => {
    const { codes } = await make({ count: 1_000 })
    expect(new Set(codes).size).toBe(1_000)
    const kept = JSON.stringify(await database().select().from(redeemCode))
    // Half of it, as it is written and without its hyphens: six digits alone may be part of any hash.
    const halves = (code: string) => [code.slice(3, 16), code.slice(3, 16).replace('-', '')]
    expect(codes.filter((code) => halves(code).some((half) => kept.includes(half)))).toEqual([])
  })

  test.each([
    { count: 0 },
    { count: 1_001 },
    { count: 1.5 },
    { usd: 0 },
    { usd: -5 },
    { usd: '5' },
    { days: 0 },
    { note: 'a'.repeat(501) },
    { owner: 'me' },
  ])('is not made of %j', async (wish) => {
    await expect(make(wish)).rejects.toMatchObject({ code: 'invalid_input' })
  })
})

test('batches are listed newest first, a page at a time, with how many are used', async () => {
  for (let index = 0; index < 51; index += 1) await make({ note: `${index}` }, later(10 + index))
  const { batchId, codes } = await make({ count: 3, days: 2 }, later(100))
  await use(codes[0], 'anna', later(100))
  await revokeBatch(batchId, later(100))
  const first = await listBatches()
  expect(first.batches).toHaveLength(50)
  expect(first.batches[0]).toEqual({
    id: batchId,
    usd: 5,
    count: 3,
    used: 1,
    revoked: 2,
    note: null,
    createdAt: later(100).toISOString(),
    expiresAt: later(102).toISOString(),
  })
  const second = await listBatches(first.nextCursor!)
  expect(second.batches.slice(0, 2).map(({ note }) => note)).toEqual(['1', '0'])
  expect(second.nextCursor).toBeNull()
  expect(await checkLedger()).toMatchObject({ sum: '0', examples: [] })
})
