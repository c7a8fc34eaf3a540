import type { ServerResponse } from 'node:http'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Received, receiver } from '../../../tests/support/notices/receiver.ts'
import {
  deliverAll,
  enqueue,
  forgetNotices,
  testNotices,
} from '../../../tests/support/notices/told.ts'
import { aPerson, aTeamOf, join } from '../../../tests/support/people/a-person.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { database } from '../../db/client.ts'
import { webhookEndpoint, webhookSecret } from '../../db/notice-schema.ts'
import { useDataFolder } from '../../http/test-visitor.ts'
import type { Caller } from '#lib/contract/people/caller'
import { webhookChannel } from './channel.ts'
import { listDeliveries, sendAgain, testEndpoint } from './deliveries.ts'
import {
  addEndpoint,
  changeEndpoint,
  changeSecret,
  listEndpoints,
  removeEndpoint,
} from './endpoints.ts'

process.env.NOTICES_TO_LOOPBACK = 'on'
useDataFolder()
withTestDatabase()

let closers: (() => void)[] = []
beforeEach(async () => {
  await forgetNotices()
  await database().delete(webhookEndpoint)
  await database().delete(webhookSecret)
})
afterEach(() => {
  for (const close of closers) close()
  closers = []
})

async function serverThat(answer: (response: ServerResponse, index: number) => unknown) {
  const server = await receiver(answer)
  closers.push(server.close)
  return server
}

const ok = (response: ServerResponse) => response.writeHead(204).end()
const bodyOf = (fileId: string) => Promise.resolve({ id: fileId, status: 'completed' })
const webhooks = (isLoopbackAllowed = true) =>
  testNotices([webhookChannel({ bodyOf, isLoopbackAllowed })])

const tell = (caller: Caller, deps = webhooks()) =>
  enqueue({ userId: caller.userId, ownerId: caller.ownerId, createdAt: deps.clock!() })

function verified({ headers, body }: Received, secret: string) {
  return new Webhook(secret).verify(body, headers as Record<string, string>) as {
    type: string
    data: { fileId: string }
  }
}

describe('an endpoint', () => {
  test('is told what happened, signed so that the library of the standard verifies it', async () => {
    const { caller } = await aPerson()
    const { url, received } = await serverThat(ok)
    await addEndpoint(caller, { url })
    const { secret } = await listEndpoints(caller)
    expect(secret).toMatch(/^whsec_[\w+/]{43}=$/)
    const deps = webhooks()
    const fileId = await tell(caller, deps)
    await deliverAll(deps)
    expect(received).toHaveLength(1)
    const event = verified(received[0]!, secret!)
    expect(event).toMatchObject({
      type: 'video.completed',
      data: { fileId, isDeleted: false, video: { id: fileId, status: 'completed' } },
    })
    expect(() => verified({ ...received[0]!, body: `${received[0]!.body} ` }, secret!)).toThrow()
    expect(() => verified(received[0]!, `whsec_${Buffer.alloc(32).toString('base64')}`)).toThrow()
  })

  test('is told again with the same id, and of the events it asked for alone', async () => {
    const { caller } = await aPerson()
    const { url, received } = await serverThat((response, index) =>
      response.writeHead(index === 0 ? 500 : 200).end('no secret of ours'),
    )
    await addEndpoint(caller, { url, kinds: ['video.completed'] })
    const deps = webhooks()
    await enqueue({ userId: caller.userId, kind: 'video.failed', createdAt: deps.clock!() })
    await tell(caller, deps)
    await deliverAll(deps)
    deps.pass(10_000)
    await deliverAll(deps)
    const ids = received.map(({ headers }) => headers['webhook-id'])
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
    const { deliveries } = await listDeliveries(caller)
    expect(deliveries).toMatchObject([{ url, kind: 'video.completed', state: 'sent', tries: 2 }])
    expect(deliveries[0]!.answers).toMatchObject([
      { status: 500, code: 'refused' },
      { status: 200, code: 'ok' },
    ])
    expect(JSON.stringify(deliveries)).not.toContain('no secret')
  })

  test('is off once it answers 410, and is told of nothing from then on', async () => {
    const { caller } = await aPerson()
    const { url, received } = await serverThat((response) => response.writeHead(410).end())
    const { id } = await addEndpoint(caller, { url })
    const deps = webhooks()
    await tell(caller, deps)
    await tell(caller, deps)
    await deliverAll(deps)
    await tell(caller, deps)
    await deliverAll(deps)
    expect(received).toHaveLength(1)
    expect((await listEndpoints(caller)).endpoints).toMatchObject([{ id, isOn: false }])
    await changeEndpoint(caller, id, { isOn: true })
    await tell(caller, deps)
    await deliverAll(deps)
    expect(received).toHaveLength(2)
  })

  test('that says when to come back is not asked before', async () => {
    const { caller } = await aPerson()
    const { url, received } = await serverThat((response) =>
      response.writeHead(429, { 'retry-after': '600' }).end(),
    )
    await addEndpoint(caller, { url })
    const deps = webhooks()
    await tell(caller, deps)
    await deliverAll(deps)
    deps.pass(590_000)
    await deliverAll(deps)
    expect(received).toHaveLength(1)
    deps.pass(20_000)
    await deliverAll(deps)
    expect(received).toHaveLength(2)
  })

  test('that redirects, hangs or drips is not followed, and ends with its time', async () => {
    const { caller } = await aPerson()
    const elsewhere = await serverThat(ok)
    const redirects = await serverThat((response) =>
      response.writeHead(307, { location: elsewhere.url }).end(),
    )
    const hangs = await serverThat(() => {})
    for (const { url } of [redirects, hangs]) await addEndpoint(caller, { url })
    const deps = testNotices([webhookChannel({ bodyOf, isLoopbackAllowed: true })], {
      pace: { noticeGraceMs: 0, noticeTimeoutMs: 300 },
    })
    await tell(caller, deps)
    await deliverAll(deps)
    expect(elsewhere.received).toEqual([])
    const { deliveries } = await listDeliveries(caller)
    const answers = Object.fromEntries(deliveries.map((one) => [one.url, one.answers[0]]))
    expect(answers[redirects.url]).toMatchObject({ status: 307, code: 'refused' })
    expect(answers[hangs.url]).toMatchObject({ status: null, code: 'timed_out' })
  })

  test('whose address is one of this machine or its network is never opened', async () => {
    const { caller } = await aPerson()
    const { url, received } = await serverThat(ok)
    await addEndpoint(caller, { url })
    const deps = webhooks(false)
    await tell(caller, deps)
    await deliverAll(deps)
    expect(received).toEqual([])
    const { deliveries } = await listDeliveries(caller)
    expect(deliveries[0]!.answers).toMatchObject([{ status: null, code: 'blocked_address' }])
    for (const address of [
      'https://10.0.0.1/hook',
      'https://169.254.169.254/latest',
      'https://[fd00::1]/',
      'http://example.com/hook',
      'https://user:password@example.com/',
      'ftp://example.com/',
      `https://example.com/${'a'.repeat(2_000)}`,
      'nonsense',
    ])
      await expect(addEndpoint(caller, { url: address })).rejects.toMatchObject({
        code: 'invalid_input',
        fields: [{ field: 'url' }],
      })
  })

  test('that was removed is told of nothing, also of what waited for it', async () => {
    const { caller } = await aPerson()
    const { url, received } = await serverThat((response) => response.writeHead(500).end())
    const { id } = await addEndpoint(caller, { url })
    const deps = webhooks()
    await tell(caller, deps)
    await deliverAll(deps)
    await removeEndpoint(caller, id)
    deps.pass(60_000)
    await deliverAll(deps)
    expect(received).toHaveLength(1)
    expect((await listDeliveries(caller)).deliveries[0]!.state).toBe('failed')
  })
})

describe('a secret', () => {
  test('that was changed signs beside the new one for a day', async () => {
    const { caller } = await aPerson()
    const { url, received } = await serverThat(ok)
    await addEndpoint(caller, { url })
    const { secret: before } = await listEndpoints(caller)
    const { secret: after, formerUntil } = await changeSecret(caller)
    expect(after).not.toBe(before)
    expect(Date.parse(formerUntil!)).toBeGreaterThan(Date.now() + 23 * 3_600_000)
    const deps = webhooks()
    await tell(caller, deps)
    await deliverAll(deps)
    for (const secret of [before, after])
      expect(verified(received[0]!, secret!).type).toBe('video.completed')
    await database()
      .update(webhookSecret)
      .set({ changedAt: new Date(Date.now() - 25 * 3_600_000) })
    await tell(caller, deps)
    await deliverAll(deps)
    expect(() => verified(received[1]!, before!)).toThrow()
    expect(verified(received[1]!, after!).type).toBe('video.completed')
    expect((await listEndpoints(caller)).formerUntil).toBeNull()
  })
})

describe('the answers', () => {
  test('are listed page by page, and each event can be sent again with its id', async () => {
    const { caller } = await aPerson()
    const { url, received } = await serverThat(ok)
    await addEndpoint(caller, { url })
    const deps = webhooks()
    for (let index = 0; index < 23; index++) {
      await tell(caller, deps)
      deps.pass(1_000)
    }
    await deliverAll(deps)
    const first = await listDeliveries(caller)
    const second = await listDeliveries(caller, first.nextCursor!)
    expect([first.deliveries.length, second.deliveries.length]).toEqual([20, 3])
    expect(second.nextCursor).toBeNull()
    const again = await sendAgain(caller, second.deliveries[0]!.id)
    expect(again).toMatchObject({ state: 'due', tries: 0 })
    deps.pass(10 * 365 * 24 * 3_600_000)
    await deliverAll(deps)
    expect(received).toHaveLength(24)
    const ids = received.map(({ headers }) => headers['webhook-id'])
    expect(new Set(ids).size).toBe(23)
  })

  test('a test is sent at once and told how it went', async () => {
    const { caller } = await aPerson()
    const { url, received } = await serverThat((response, index) =>
      response.writeHead(index === 0 ? 200 : 503).end(),
    )
    const { id } = await addEndpoint(caller, { url })
    expect((await testEndpoint(caller, id)).answers).toMatchObject([{ status: 200, code: 'ok' }])
    expect((await testEndpoint(caller, id)).answers).toMatchObject([
      { status: 503, code: 'refused' },
    ])
    const { secret } = await listEndpoints(caller)
    expect(verified(received[0]!, secret!).type).toBe('test')
    expect((await listDeliveries(caller)).deliveries).toEqual([])
  })
})

describe('webhooks of others', () => {
  test('are as such that never were, and those of an organization are its managers’ business', async () => {
    const [anna, boris] = [await aPerson(), await aPerson()]
    const { url } = await serverThat(ok)
    const team = await aTeamOf(anna)
    const { id } = await addEndpoint(team, { url })
    const deps = webhooks()
    await tell(team, deps)
    await deliverAll(deps)
    const [delivery] = (await listDeliveries(team)).deliveries
    const missing = { code: 'not_found' }
    await expect(removeEndpoint(boris.caller, id)).rejects.toMatchObject(missing)
    await expect(changeEndpoint(boris.caller, id, {})).rejects.toMatchObject(missing)
    await expect(testEndpoint(boris.caller, id)).rejects.toMatchObject(missing)
    await expect(sendAgain(boris.caller, delivery!.id)).rejects.toMatchObject(missing)
    expect(await listEndpoints(boris.caller)).toEqual({
      endpoints: [],
      secret: null,
      formerUntil: null,
    })
    await join(team.ownerId, boris, 'member')
    const asMember = { ...boris.caller, ownerId: team.ownerId }
    for (const ask of [listEndpoints, listDeliveries, changeSecret])
      await expect(ask(asMember)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(addEndpoint(asMember, { url })).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('no more than ten endpoints are taken', async () => {
    const { caller } = await aPerson()
    const add = () => addEndpoint(caller, { url: 'https://example.com/hook' })
    for (let index = 0; index < 10; index++) await add()
    await expect(add()).rejects.toMatchObject({ code: 'not_possible_now' })
  })
})
