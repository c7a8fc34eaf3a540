import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import { database } from '#lib/db/client'
import { generation } from '#lib/db/generation-schema'
import { hold } from '#lib/db/money-schema'
import { env } from '#lib/env'
import { newId } from '#lib/ids'
import { aVisitor, useDataFolder } from '#lib/http/test-visitor'
import { startQueue, stopQueue } from '#lib/jobs/queue'
import { balanceOf } from '#lib/money/accounts'
import { grant } from '#lib/money/grants'
import { createKey } from '#lib/people/keys/keys'
import { createOrganization } from '#lib/people/organizations/organizations'
import { anAccount, within } from '../../../../tests/support/people/an-account.ts'
import {
  manyConnections,
  withTestDatabase,
} from '../../../../tests/support/database/test-database.ts'
import { forgetEverything } from '../../../../tests/support/generations/test-generation.ts'
import { POST as estimate } from '../../estimate/route.ts'
import { POST } from './route.ts'

useDataFolder()
process.env.KIE_API_KEY = 'a key'
process.env.GOOGLE_CLOUD_PROJECT = 'a project'
withTestDatabase(manyConnections)
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))

// $0.40 at Kie.ai, $1.20 where Vertex AI steps in, and half of it on top.
const veo = { prompt: 'a fox', model: 'veo-3.1-fast' }
const mostMicros = 1_800_000

let anna: Awaited<ReturnType<typeof aVisitor>>
beforeEach(async () => {
  await forgetEverything()
  Object.assign(env(), { BILLING: 'credits', PRICE_FACTOR: { all: 1_500_000, byModel: {} } })
  // What is in the ledger stays there: every test has an owner of its own.
  anna = await aVisitor()
})
afterEach(() => {
  Object.assign(env(), { BILLING: 'off', PRICE_FACTOR: { all: 1_000_000, byModel: {} } })
})

function post(differences: object = {}, key?: string) {
  const headers = { 'content-type': 'application/json', ...(key && { 'idempotency-key': key }) }
  const body = JSON.stringify({ ...veo, ...differences })
  return POST(anna.request('/api/generate/video', { method: 'POST', body, headers }))
}

const give = (micros: number) =>
  grant({ ownerId: anna.ownerId, amountMicros: micros, byUserId: null, note: null })

/** As a program does where the server is too busy: the same request again, which is the same intention. */
async function patiently(differences: object) {
  const key = newId('token')
  let answer = await post(differences, key)
  while (answer.status === 503) answer = await post(differences, key)
  return answer
}

async function atOnce(count: number, differences: object) {
  const answers = await Promise.all(Array.from({ length: count }, () => patiently(differences)))
  const problems = answers.filter(({ status }) => status !== 202)
  const codes = await Promise.all(problems.map(async (one) => (await one.json()).code))
  return { accepted: count - problems.length, codes }
}

const rowsOf = () =>
  database().select().from(generation).where(eq(generation.ownerId, anna.ownerId))
const holdsOf = () => database().select().from(hold).where(eq(hold.ownerId, anna.ownerId))

describe('with a balance', () => {
  test('for 10 videos, 10 of 100 starts at once are accepted', async () => {
    await give(10 * mostMicros)
    const { accepted, codes } = await atOnce(100, {})
    expect(accepted).toBe(10)
    expect(codes).toEqual(Array.from({ length: 90 }, () => 'insufficient_credits'))
    expect(await rowsOf()).toHaveLength(10)
    expect(await holdsOf()).toHaveLength(10)
    expect(await balanceOf(anna.ownerId)).toEqual({
      availableMicros: 0,
      heldMicros: 10 * mostMicros,
      spentMicros: 0,
    })
  })

  test('for 10 videos, variations are accepted whole or not at all', async () => {
    await give(10 * mostMicros)
    const { accepted, codes } = await atOnce(25, { variations: 4 })
    expect(accepted).toBe(2)
    expect(new Set(codes)).toEqual(new Set(['insufficient_credits']))
    expect(await rowsOf()).toHaveLength(8)
    const { availableMicros, heldMicros } = await balanceOf(anna.ownerId)
    expect([availableMicros, heldMicros]).toEqual([2 * mostMicros, 8 * mostMicros])
  })

  test('that runs out in mid-batch, nothing of the batch is started', async () => {
    await give(4 * mostMicros - 1)
    const refused = await post({ variations: 4 }, 'click')
    expect(refused.status).toBe(402)
    const { code, detail } = await refused.json()
    expect(code).toBe('insufficient_credits')
    expect(detail).toContain('$7.20')
    expect([await rowsOf(), await holdsOf()]).toEqual([[], []])
    // The key is free again.
    expect((await post({ variations: 3 }, 'click')).status).toBe(202)
    expect((await balanceOf(anna.ownerId)).availableMicros).toBe(mostMicros - 1)
  })

  test('the same click is never refused, and holds nothing again', async () => {
    await give(2 * mostMicros)
    const first = await (await post({ variations: 2 }, 'click')).json()
    const again = await Promise.all([1, 2, 3].map(() => post({ variations: 2 }, 'click')))
    for (const one of again) {
      expect(one.status).toBe(202)
      expect((await one.json()).fileId).toBe(first.fileId)
    }
    expect((await balanceOf(anna.ownerId)).heldMicros).toBe(2 * mostMicros)
    expect((await post({}, 'another-click')).status).toBe(402)
  })

  test('what is free needs none, and what costs is held as it was quoted', async () => {
    expect((await post({ model: 'local-preview' })).status).toBe(202)
    expect((await post()).status).toBe(402)
    await give(mostMicros)
    const body = JSON.stringify(veo)
    const headers = { 'content-type': 'application/json' }
    const asked = anna.request('/api/estimate', { method: 'POST', body, headers })
    expect(await (await estimate(asked)).json()).toMatchObject({ usd: 0.6, upToUsd: 1.8 })
    const { files } = await (await post()).json()
    expect(files[0].cost).toMatchObject({
      estimatedUsd: 0.6,
      upToUsd: 1.8,
      providerUsd: 0.6,
      heldUsd: 1.8,
      chargedUsd: null,
      returnedUsd: null,
    })
    // The installation's own books are in costs.
    const row = (await rowsOf()).find(({ model }) => model === veo.model)
    expect(row).toMatchObject({ priceMicros: 400_000, priceFactor: 1_500_000 })
  })

  test('no more is held than the user agreed to', async () => {
    await give(600_000)
    expect((await post()).status).toBe(402)
    expect((await post({ maxUsd: 0.6 })).status).toBe(202)
    expect((await balanceOf(anna.ownerId)).heldMicros).toBe(600_000)
    expect((await post({ maxUsd: 0.59 })).status).toBe(400)
  })
})

describe('with an API key', () => {
  /** Goes on by a key of an organization of its own. */
  async function byKey(limitUsd: number | null) {
    const member = await anAccount()
    const { id } = await createOrganization(member, { name: 'Studio' })
    const wish = { name: 'k', scopes: ['generate'], limitUsd }
    const { key } = await createKey(within(member, id), wish)
    anna = {
      ownerId: id,
      request(path, init = {}) {
        const headers = new Headers(init.headers)
        headers.set('authorization', `Bearer ${key}`)
        return new Request(`http://localhost${path}`, { ...init, headers })
      },
    }
  }

  test(
    '10 of 100 starts at once are paid by the organization’s balance for 10',
    { tags: 'long' },
    async () => {
      await byKey(null)
      await give(10 * mostMicros)
      const { accepted, codes } = await atOnce(100, {})
      expect(accepted).toBe(10)
      expect(new Set(codes)).toEqual(new Set(['insufficient_credits']))
      const { availableMicros, heldMicros } = await balanceOf(anna.ownerId)
      expect([availableMicros, heldMicros]).toEqual([0, 10 * mostMicros])
      for (const { keyId, ownerId } of await holdsOf())
        expect({ keyId, ownerId }).toEqual({ keyId: expect.any(String), ownerId: anna.ownerId })
    },
  )

  test('the key’s own limit holds, whatever the balance is, for variations as a whole', async () => {
    await byKey(9)
    await give(10 * mostMicros)
    const { accepted, codes } = await atOnce(10, { variations: 2 })
    expect(accepted).toBe(2)
    expect(new Set(codes)).toEqual(new Set(['spending_limit_reached']))
    expect((await post({ variations: 1 })).status).toBe(202)
    expect((await balanceOf(anna.ownerId)).heldMicros).toBe(5 * mostMicros)
  })
})

test('without billing every start is accepted, and booked to its owner', async () => {
  Object.assign(env(), { BILLING: 'off' })
  const { accepted } = await atOnce(12, {})
  expect(accepted).toBe(12)
  expect(await balanceOf(anna.ownerId)).toEqual({
    availableMicros: 0,
    heldMicros: 12 * mostMicros,
    spentMicros: 0,
  })
})
