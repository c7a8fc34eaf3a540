import { beforeEach, describe, expect, test } from 'vitest'
import { usdOf } from '#lib/contract/money'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import { database, inTransaction } from '../db/client.ts'
import { attempt } from '../db/generation-schema.ts'
import { hold, spendingLimit } from '../db/money-schema.ts'
import { newId } from '../ids.ts'
import { grant } from '../money/grants.ts'
import { holdFor, settle } from '../money/holds.ts'
import { setLimits } from '../money/limits.ts'
import { settleByHand } from '../money/settle-by-hand.ts'
import { readLimits, readSpending, readUncertain } from './admin-money.ts'
import { csvCell, usageCsv } from './usage-csv.ts'
import { readUsage } from './usage.ts'

withTestDatabase()

const now = new Date('2026-11-27T16:00:00Z')
let count = 0
let owner = ''
beforeEach(() => {
  owner = `spender${(count += 1)}`
})
const payer = () => ({ ownerId: owner, userId: owner, keyId: null })

async function aVideo({ usd = 1, at = now, model = 'veo', keyId = null as string | null } = {}) {
  const generationId = newId('file')
  const one = { generationId, amountMicros: usd * 1e6, priceFactor: 1e6, model }
  await inTransaction((tx) => holdFor(tx, { payer: { ...payer(), keyId }, holds: [one], now: at }))
  return generationId
}

const charge = (id: string, usd: number, isUncertain = false) =>
  inTransaction((tx) => settle(tx, id, { kind: 'charge', costMicros: usd * 1e6, isUncertain }, now))
const first = { cursor: undefined, limit: 2 }

describe('usage', () => {
  test('tells of each video what was held, charged and returned, and why, newest first', async () => {
    await grant({ ownerId: owner, amountMicros: 5e6, byUserId: null, note: 'welcome' })
    const old = await aVideo({ at: new Date(now.getTime() - 3_000) })
    const part = await aVideo({ at: new Date(now.getTime() - 2_000), keyId: 'key_1' })
    const held = await aVideo()
    await charge(old, 1)
    await charge(part, 0.4)
    await database()
      .insert(attempt)
      .values({
        idempotencyKey: `key of ${part}`,
        generationId: part,
        number: 1,
        provider: 'kie',
        providerLabel: 'Kie.ai',
        model: 'veo3_fast',
        reason: 'cheapest',
        outcome: 'completed',
        costMicros: 400_000,
        startedAt: now,
      })
    const usage = await readUsage(payer(), first, now)
    expect(usage.balance).toEqual({ availableUsd: 5, heldUsd: 1, spentUsd: 1.4 })
    expect(usage.credits).toEqual([
      { kind: 'granted', usd: 5, note: 'welcome', at: expect.any(String) as string },
    ])
    expect(usage.days).toEqual([
      { day: '2026-11-27', model: 'veo', modelLabel: 'veo', usd: 2.4, videos: 3 },
    ])
    expect(usage.entries).toMatchObject([
      { fileId: held, state: 'held', heldUsd: 1, chargedUsd: null, attempts: [] },
      {
        fileId: part,
        state: 'settled',
        chargedUsd: 0.4,
        returnedUsd: 0.6,
        keyId: 'key_1',
        reason: { key: 'money.reason.partly' },
        attempts: [{ provider: 'Kie.ai', outcome: 'completed', costUsd: 0.4, reason: 'cheapest' }],
      },
    ])
    const next = await readUsage(payer(), { cursor: usage.nextCursor!, limit: 2 }, now)
    expect(next.entries).toMatchObject([{ fileId: old, chargedUsd: 1, returnedUsd: 0 }])
    expect(next.nextCursor).toBeNull()
  })

  test('tells what attempts cost in the prices that its charge is in', async () => {
    const generationId = newId('file')
    const one = { generationId, amountMicros: 1_500_000, priceFactor: 1_500_000, model: 'veo' }
    await inTransaction((tx) => holdFor(tx, { payer: payer(), holds: [one], now }))
    await charge(generationId, 1)
    await database()
      .insert(attempt)
      .values({
        idempotencyKey: `key of ${generationId}`,
        generationId,
        number: 1,
        provider: 'kie',
        providerLabel: 'Kie.ai',
        model: 'veo3_fast',
        reason: 'cheapest',
        outcome: 'completed',
        costMicros: 1_000_000,
        startedAt: now,
      })
    const [entry] = (await readUsage(payer(), first, now)).entries
    expect(entry).toMatchObject({ chargedUsd: 1.5, attempts: [{ costUsd: 1.5 }] })
  })

  test('tells what all spend together only those who look after the installation', async () => {
    const limits = { dayMicros: 1e12, monthMicros: null }
    await setLimits('installation', limits, null, now)
    await setLimits(`user:${owner}`, limits, null, now)
    const scopesOf = async (seesMoney: boolean) =>
      (await readUsage(payer(), { ...first, seesMoney }, now)).limits.map(({ scope }) => scope)
    expect(await scopesOf(false)).toEqual([`user:${owner}`])
    expect(await scopesOf(true)).toEqual([`user:${owner}`, 'installation'])
    await database().delete(spendingLimit)
  })

  test('tells models by their names, those that are not in the catalogue by their ids', async () => {
    await aVideo({ model: 'model-of-old' })
    await aVideo({ model: 'veo-3.1-fast', at: new Date(now.getTime() + 1_000) })
    const usage = await readUsage(payer(), first, now)
    const names = [
      { model: 'veo-3.1-fast', modelLabel: 'Veo 3.1 Fast' },
      { model: 'model-of-old', modelLabel: 'model-of-old' },
    ]
    expect(usage.entries).toMatchObject(names)
    expect(usage.days).toEqual(
      expect.arrayContaining(names.map((one) => expect.objectContaining(one) as unknown)),
    )
    const csv = await new Response(usageCsv(owner)).text()
    expect(csv).toContain(',Veo 3.1 Fast,veo-3.1-fast,')
    expect(csv).toContain(',model-of-old,model-of-old,')
  })

  test('is nothing of a stranger’s', async () => {
    await aVideo()
    owner = 'stranger'
    expect(await readUsage(payer(), first, now)).toMatchObject({ entries: [], days: [] })
    expect((await readUsage({ ownerId: '', userId: '', keyId: null }, first, now)).entries).toEqual(
      [],
    )
  })

  test('as CSV has every video, whatever the page', async () => {
    for (let index = 0; index < 3; index += 1) await aVideo({ usd: index + 1 })
    const text = await new Response(usageCsv(owner)).text()
    const lines = text.trimEnd().split('\r\n')
    expect(lines[0]).toBe(
      'created_at,settled_at,video,model,model_id,prompt,state,held_usd,charged_usd,returned_usd,providers,user,api_key',
    )
    expect(lines).toHaveLength(4)
    expect(lines[1]).toMatch(/^2026-11-27T16:00:00.000Z,,file_\w+,veo,veo,,held,\d,,,,spender\d+,$/)
  })

  test.each([
    ['a fox', 'a fox'],
    ['a "fox", red', '"a ""fox"", red"'],
    ['two\nlines', '"two\nlines"'],
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['  =1+1', "'  =1+1"],
    ['\t=1+1', `"'\t=1+1"`],
    ['\r\n=cmd', `"'\r\n=cmd"`],
    ['＝1+1', "'＝1+1"],
    ['=HYPERLINK("http://evil","x")', `"'=HYPERLINK(""http://evil"",""x"")"`],
    [0.4, '0.4'],
    [-1, '-1'],
    [null, ''],
  ])('CSV writes the cell %j as %j', (cell, written) => {
    expect(csvCell(cell)).toBe(written)
  })
})

describe('what admins see', () => {
  test('spending of a month by day and by owner', async () => {
    const at = new Date('2024-02-29T23:59:59Z')
    await aVideo({ usd: 3, at })
    await aVideo({ usd: 1, at: new Date('2024-02-01T00:00:00Z') })
    await aVideo({ usd: 7, at: new Date('2024-03-01T00:00:00Z') })
    const spending = await readSpending('2024-02', now)
    expect(spending).toMatchObject({
      month: '2024-02',
      usd: 4,
      days: [
        { day: '2024-02-01', usd: 1 },
        { day: '2024-02-29', usd: 3 },
      ],
      owners: [{ kind: 'user', id: owner, usd: 4, name: null }],
    })
    await aVideo({ usd: 0.1, at: new Date('2020-01-01T00:00:00Z') })
    await aVideo({ usd: 0.2, at: new Date('2020-01-02T00:00:00Z') })
    expect((await readSpending('2020-01', now)).usd).toBe(0.3)
    for (const month of ['2024-13', '2024-2', 'x', ''])
      await expect(readSpending(month, now)).rejects.toMatchObject({ code: 'invalid_input' })
  })

  test('limits a page at a time, the installation’s in any case', async () => {
    for (let index = 0; index < 51; index += 1) {
      const scope = `user:limited${String(index).padStart(2, '0')}`
      await setLimits(scope, { dayMicros: 5e6, monthMicros: null }, null, now)
    }
    const page = await readLimits(undefined, now)
    expect(page.limits[0]).toEqual({
      scope: 'installation',
      name: null,
      dayUsd: null,
      monthUsd: null,
      states: [],
    })
    expect(page.limits).toHaveLength(51)
    expect(page.limits[1]).toMatchObject({ dayUsd: 5, states: [{ spentUsd: 0, limitUsd: 5 }] })
    expect((await readLimits(page.nextCursor!, now)).limits).toHaveLength(1)
  })

  test('what ended uncertain, page by page, also where the last of a page is settled meanwhile', async () => {
    const ids = Array.from({ length: 52 }, () => newId('file'))
    await inTransaction(async (tx) => {
      const one = { amountMicros: 1e6, priceFactor: 1e6, model: 'veo' }
      const holds = ids.map((generationId) => ({ ...one, generationId }))
      await holdFor(tx, { payer: payer(), holds, now })
      for (const id of ids) await settle(tx, id, { kind: 'keep', isUncertain: true }, now)
    })
    const page = await readUncertain(undefined)
    expect(page.entries).toHaveLength(50)
    const last = page.entries.at(-1)!.fileId
    const of = { chargeMicros: 0, ownMicros: 0, byUserId: 'admin', note: null }
    await inTransaction((tx) => settleByHand(tx, { ...of, generationId: last }, now))
    const next = await readUncertain(page.nextCursor!)
    expect(next.entries).toHaveLength(2)
    expect(next.nextCursor).toBeNull()
    expect((await readUncertain('nonsense')).entries).toHaveLength(50)
    await database().update(hold).set({ uncertainSince: null })
  })

  test('what ended uncertain, until it is settled by hand', async () => {
    const uncertain = async () => (await readUncertain(undefined)).entries.map((one) => one.fileId)
    const failed = await aVideo()
    await charge(failed, 0, true)
    const kept = await aVideo()
    await inTransaction((tx) => settle(tx, kept, { kind: 'keep', isUncertain: true }, now))
    expect((await uncertain()).toSorted()).toEqual([failed, kept].toSorted())
    const by = { byUserId: 'admin', note: 'asked them', ownMicros: 0 }
    const settleAs = (generationId: string, usd: number) =>
      inTransaction((tx) => settleByHand(tx, { ...by, generationId, chargeMicros: usd * 1e6 }, now))
    await expect(settleAs(kept, 1.01)).rejects.toMatchObject({ code: 'invalid_input' })
    expect(await settleAs(kept, 0.3)).toMatchObject({
      chargedMicros: 300_000,
      uncertainSince: null,
    })
    expect(await settleAs(kept, 0.3)).toBeUndefined()
    expect(await settleAs(failed, 0)).toMatchObject({ chargedMicros: 0 })
    expect(await uncertain()).toEqual([])
    // The provider's own word, later.
    expect(usdOf((await charge(kept, 0.5))!.chargedMicros!)).toBe(0.5)
  })
})
