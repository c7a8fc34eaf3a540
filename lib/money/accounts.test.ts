import { expect, test } from 'vitest'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import { inTransaction } from '../db/client.ts'
import { balanceOf, lockAccounts, shared } from './accounts.ts'
import { grant } from './grants.ts'
import { holdFor, settle } from './holds.ts'

withTestDatabase()

const now = new Date('2026-11-27T16:00:00Z')

test('the first refund and the first cost above a hold do not wait for one another', async () => {
  const ownerId = 'anna'
  const payer = { ownerId, userId: ownerId, keyId: null }
  const one = { generationId: 'first', amountMicros: 100, priceFactor: 1e6, model: 'veo' }
  await inTransaction((tx) => holdFor(tx, { payer, holds: [one], now }))
  await grant({ ownerId, amountMicros: 1, byUserId: null, note: null })
  const { promise: settling, resolve: begun } = Promise.withResolvers<void>()
  const { promise: refunding, resolve: goOn } = Promise.withResolvers<void>()
  const above = inTransaction(async (tx) => {
    await lockAccounts(tx, ['available:anna', 'held:anna', 'spent:anna', 'open:anna'])
    begun()
    await refunding
    await settle(tx, 'first', { kind: 'charge', costMicros: 130 }, now)
  })
  await settling
  // Opens what it needs, then waits for the owner's account.
  const refund = inTransaction((tx) =>
    lockAccounts(tx, ['available:anna', shared.own, shared.payments]),
  )
  setTimeout(goOn, 300)
  await Promise.all([above, refund])
  expect((await balanceOf(ownerId)).spentMicros).toBe(100)
})
