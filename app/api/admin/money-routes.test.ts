import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { user } from '#lib/db/auth-schema'
import { database } from '#lib/db/client'
import { env } from '#lib/env'
import { aVisitor, useDataFolder } from '#lib/http/test-visitor'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { GET as readAccount } from '../account/route.ts'
import { POST as redeem } from '../redeem/route.ts'
import { POST as beginTopUp } from '../top-ups/route.ts'
import { GET as readUsage } from '../usage/route.ts'
import { GET as readCsv } from '../usage.csv/route.ts'
import { GET as listCodes, POST as makeCodes } from './codes/route.ts'
import { DELETE as revokeCodes } from './codes/[batchId]/route.ts'
import { POST as grant } from './grants/route.ts'
import { GET as readLimits, PUT as setLimits } from './limits/route.ts'
import { GET as readParked } from './payments/route.ts'
import { POST as creditParked } from './payments/[id]/route.ts'
import { GET as readSpending } from './spending/route.ts'
import { POST as settle } from './uncertain/[fileId]/route.ts'
import { GET as readUncertain } from './uncertain/route.ts'

useDataFolder()
withTestDatabase()

type Visitor = Awaited<ReturnType<typeof aVisitor>>

/** A signed-in person with a role; made before its first request, which is remembered. */
async function aPerson(role: 'owner' | 'admin' | 'user') {
  const person = await aVisitor()
  await database().update(user).set({ isAnonymous: false, role }).where(eq(user.id, person.ownerId))
  return person
}

let admin: Visitor
let person: Visitor
let visitor: Visitor
beforeAll(async () => {
  admin = await aPerson('admin')
  person = await aPerson('user')
  visitor = await aVisitor()
})

function send(who: Visitor, method: string, body?: object, headers: Record<string, string> = {}) {
  return who.request('/api/admin/x', {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body && { body: JSON.stringify(body) }),
  })
}

const params = <T>(values: T) => ({ params: Promise.resolve(values) })

const routes: [string, (who: Visitor) => Promise<Response>][] = [
  ['GET codes', (who) => listCodes(send(who, 'GET'))],
  ['POST codes', (who) => makeCodes(send(who, 'POST', { count: 1, usd: 1 }))],
  ['DELETE codes', (who) => revokeCodes(send(who, 'DELETE'), params({ batchId: 'x' }))],
  ['POST grants', (who) => grant(send(who, 'POST', { owner: person.ownerId, usd: 1 }))],
  ['GET limits', (who) => readLimits(send(who, 'GET'))],
  [
    'PUT limits',
    (who) => setLimits(send(who, 'PUT', { scope: 'user:x', dayUsd: 1, monthUsd: null })),
  ],
  ['GET spending', (who) => readSpending(send(who, 'GET'))],
  ['GET uncertain', (who) => readUncertain(send(who, 'GET'))],
  ['GET payments', (who) => readParked(send(who, 'GET'))],
]

describe('the money of the installation', () => {
  test.each(routes)('%s is for its admins', async (_name, ask) => {
    expect((await ask(admin)).ok).toBe(true)
    const [refused, sentToSignIn] = [await ask(person), await ask(visitor)]
    expect([refused.status, await refused.json()]).toMatchObject([403, { code: 'forbidden' }])
    expect([sentToSignIn.status, await sentToSignIn.json()]).toMatchObject([
      401,
      { code: 'sign_in_required' },
    ])
  })

  test('a role in the body makes no admin', async () => {
    const body = { owner: person.ownerId, usd: 100, role: 'admin' }
    expect((await grant(send(person, 'POST', body))).status).toBe(403)
    expect((await grant(send(admin, 'POST', body))).status).toBe(400)
  })

  test('a payment without a record is credited by admins alone, and where payments are followed', async () => {
    const ask = (who: Visitor) =>
      creditParked(send(who, 'POST', { owner: person.ownerId }), params({ id: 'cs_1' }))
    const answers = [await ask(person), await ask(visitor), await ask(admin)]
    expect(await Promise.all(answers.map((answer) => answer.json()))).toMatchObject([
      { code: 'forbidden' },
      { code: 'sign_in_required' },
      { code: 'not_possible_now' },
    ])
  })

  test('the same intention gives once', async () => {
    const of = { owner: visitor.ownerId, usd: 5 }
    const once = () => grant(send(admin, 'POST', of, { 'idempotency-key': 'one click' }))
    const answers = await Promise.all([once(), once(), once()])
    for (const one of answers) expect(await one.json()).toMatchObject({ availableUsd: 5 })
  })

  test('a limit is set by an email address, and read with the name', async () => {
    const email = `${person.ownerId.toLowerCase()}@example.com`
    await database().update(user).set({ email }).where(eq(user.id, person.ownerId))
    const put = (body: object) =>
      setLimits(send(admin, 'PUT', { dayUsd: 2.5, monthUsd: null, ...body }))
    const scope = `user:${person.ownerId}`
    const view = { scope, name: email, dayUsd: 2.5, monthUsd: null }
    expect(await (await put({ owner: email })).json()).toMatchObject(view)
    const { limits } = (await (await readLimits(send(admin, 'GET'))).json()) as {
      limits: { scope: string }[]
    }
    expect(limits.find((one) => one.scope === scope)).toMatchObject(view)
    expect(limits.find((one) => one.scope === 'installation')).toMatchObject({ name: null })
    expect((await put({ owner: 'unknown@example.com' })).status).toBe(404)
    expect((await put({})).status).toBe(400)
  })

  test('the same key for something else gives nothing, and says so', async () => {
    const headers = { 'idempotency-key': 'a key twice' }
    const { ownerId } = await aPerson('user')
    const give = (of: object) =>
      grant(send(admin, 'POST', { owner: ownerId, usd: 5, ...of }, headers))
    expect((await give({})).status).toBe(200)
    for (const other of [{ usd: 50 }, { usd: -5 }, { owner: person.ownerId }]) {
      const refused = await give(other)
      expect([refused.status, await refused.json()]).toMatchObject([
        422,
        { code: 'idempotency_key_reused' },
      ])
    }
    expect(await (await give({ note: 'once more' })).json()).toMatchObject({ availableUsd: 5 })
  })

  test('a key that is too long is refused', async () => {
    const long = { 'idempotency-key': Array.from({ length: 3_000 }, (_, n) => n % 10).join('') }
    const refused = await grant(send(admin, 'POST', { owner: person.ownerId, usd: 1 }, long))
    expect([refused.status, await refused.json()]).toMatchObject([
      400,
      { code: 'invalid_idempotency_key' },
    ])
  })

  test('what needs no decision is not settled', async () => {
    const body = { chargeUsd: 0 }
    const none = await settle(send(admin, 'POST', body), params({ fileId: 'file_none' }))
    expect(none.status).toBe(409)
    const refused = await settle(send(person, 'POST', body), params({ fileId: 'file_none' }))
    expect(refused.status).toBe(403)
  })
})

describe('one’s own money', () => {
  test('a code is for signed-in accounts', async () => {
    const made = await makeCodes(send(admin, 'POST', { count: 1, usd: 7 }))
    const { codes } = (await made.json()) as { codes: string[] }
    const body = { code: codes[0] }
    expect((await redeem(send(visitor, 'POST', body))).status).toBe(401)
    const before = (await (await readUsage(person.request('/api/usage'))).json()) as {
      balance: { availableUsd: number }
    }
    expect(await (await redeem(send(person, 'POST', body))).json()).toEqual({
      usd: 7,
      availableUsd: before.balance.availableUsd + 7,
    })
    expect((await redeem(send(person, 'POST', body))).status).toBe(404)
  })

  test('the account tells its balance where videos are paid with it', async () => {
    const of = () => readAccount(visitor.request('/api/account')).then((answer) => answer.json())
    expect(await of()).toMatchObject({ billing: 'off', balance: null })
    Object.assign(env(), { BILLING: 'credits' })
    expect(await of()).toMatchObject({
      billing: 'credits',
      balance: { availableUsd: 5, heldUsd: 0 },
    })
    Object.assign(env(), { BILLING: 'off' })
  })

  test('no payment is begun where none are taken', async () => {
    expect((await beginTopUp(send(visitor, 'POST', { usd: 5 }))).status).toBe(401)
    expect((await beginTopUp(send(person, 'POST', { usd: 5 }))).status).toBe(409)
  })

  test('usage is answered to each about itself, as JSON and as CSV', async () => {
    const usage = await readUsage(visitor.request('/api/usage?limit=1000&cursor=nonsense'))
    expect(await usage.json()).toMatchObject({ entries: [], nextCursor: null })
    const csv = await readCsv(person.request('/api/usage.csv'))
    expect(csv.headers.get('content-disposition')).toContain('usage.csv')
    expect((await csv.text()).split('\r\n')).toHaveLength(2)
  })
})
