import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { callerNamed } from '../../../tests/support/people/caller-named.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { useDataFolder } from '../../http/test-visitor.ts'
import { database } from '../../db/client.ts'
import { pushSubscription } from '../../db/notice-schema.ts'
import { newId } from '../../ids.ts'
import type { TellableNotice } from '../channel.ts'
import { pushChannel } from './channel.ts'
import { pushBrowsers, subscribe, subscriptionsOf, unsubscribe } from './subscriptions.ts'
import { vapidDetails } from './vapid.ts'

useDataFolder()
withTestDatabase()
beforeEach(async () => {
  await database().delete(pushSubscription)
})

/** A browser's side of a subscription: its keys, and what it reads of a message (RFC 8188, RFC 8291). */
function aBrowser() {
  const curve = createECDH('prime256v1')
  curve.generateKeys()
  const auth = randomBytes(16)
  const keys = { p256dh: curve.getPublicKey('base64url'), auth: auth.toString('base64url') }
  const read = (body: Buffer) => {
    const salt = body.subarray(0, 16)
    const idLength = body.readUInt8(20)
    const sender = body.subarray(21, 21 + idLength)
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), curve.getPublicKey(), sender])
    const secret = hkdfSync('sha256', curve.computeSecret(sender), auth, info, 32)
    const derive = (name: string, length: number) =>
      Buffer.from(
        hkdfSync('sha256', Buffer.from(secret), salt, `Content-Encoding: ${name}\0`, length),
      )
    const decipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12))
    const sealed = body.subarray(21 + idLength)
    decipher.setAuthTag(sealed.subarray(-16))
    const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
    return JSON.parse(plain.subarray(0, plain.lastIndexOf(2)).toString()) as object
  }
  return { keys, read }
}

/** A push service on this machine that answers as it is told and keeps what came. */
const service = {
  status: 201,
  headers: {} as Record<string, string>,
  received: [] as { headers: Record<string, unknown>; body: Buffer }[],
}
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    service.received.push({ headers: request.headers, body: Buffer.concat(chunks) })
    response.writeHead(service.status, service.headers).end('says things of its own')
  })
})
let address = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
})

const aNotice = (more: Partial<TellableNotice> = {}): TellableNotice => ({
  id: newId('notice'),
  kind: 'video.completed',
  ownerId: 'anna',
  userId: 'anna',
  fileId: newId('file'),
  createdAt: new Date(),
  ...more,
})

async function aSubscription(keys: { p256dh: string; auth: string }, endpoint: string) {
  const id = newId('push')
  const row = { id, userId: 'anna', endpoint, ...keys, agent: '', createdAt: new Date() }
  await database().insert(pushSubscription).values(row)
  return id
}

const tell = (target: string, notices: TellableNotice[], locale: 'en' | 'ru' = 'en') =>
  pushChannel({ isLoopbackAllowed: true }).tell({
    target,
    locale,
    notices,
    signal: AbortSignal.timeout(30_000),
  })

describe('a push', () => {
  beforeEach(() => Object.assign(service, { status: 201, headers: {}, received: [] }))

  test('arrives encrypted, signed, in the user’s language, and opens the video', async () => {
    const { keys, read } = aBrowser()
    const target = await aSubscription(keys, `${address}/one`)
    const notice = aNotice()
    expect(await tell(target, [notice], 'ru')).toEqual({
      end: 'sent',
      answer: { status: 201, code: 'ok' },
    })
    const [{ headers, body }] = service.received as [(typeof service.received)[0]]
    expect(headers).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: '86400' })
    expect(String(headers.authorization)).toContain(`k=${vapidDetails().publicKey}`)
    expect(body.includes('video')).toBe(false)
    expect(read(body)).toMatchObject({
      title: 'Видео готово',
      path: `tools/video-generator?video=${notice.fileId}`,
    })
  })

  test('tells several at once in one message', async () => {
    const { keys, read } = aBrowser()
    const target = await aSubscription(keys, `${address}/several`)
    const notices = Array.from({ length: 5 }, () => aNotice())
    await tell(target, notices)
    expect(service.received).toHaveLength(1)
    expect(read(service.received[0]!.body)).toMatchObject({
      title: '5 updates about your videos and images',
    })
  })

  test.each([404, 410])('to a subscription that is over (%i) forgets it', async (status) => {
    service.status = status
    const target = await aSubscription(aBrowser().keys, `${address}/${status}`)
    expect(await tell(target, [aNotice()])).toMatchObject({ end: 'over' })
    expect(await subscriptionsOf('anna')).toEqual([])
    expect(await tell(target, [aNotice()])).toMatchObject({ end: 'over' })
  })

  test('waits as long as the service asks', async () => {
    Object.assign(service, { status: 429, headers: { 'retry-after': '17' } })
    const target = await aSubscription(aBrowser().keys, `${address}/busy`)
    expect(await tell(target, [aNotice()])).toEqual({
      end: 'again',
      answer: { status: 429, code: 'too_many' },
      afterSeconds: 17,
    })
  })

  test('opens no address of this network', async () => {
    const target = await aSubscription(aBrowser().keys, `${address}/inside`)
    const telling = { target, locale: 'en', notices: [aNotice()] } as const
    const signal = AbortSignal.timeout(30_000)
    await expect(pushChannel().tell({ ...telling, signal })).resolves.toEqual({
      end: 'over',
      answer: { status: null, code: 'blocked_address' },
    })
    expect(service.received).toEqual([])
  })
})

describe('a browser', () => {
  const anna = callerNamed('anna')
  const boris = callerNamed('boris')
  const sent = (endpoint: string) => ({ endpoint, expirationTime: null, keys: aBrowser().keys })

  test('is kept once, for the user who is signed in there now', async () => {
    const subscription = sent('https://push.example/a')
    await subscribe(anna, subscription, 'Firefox')
    await subscribe(anna, subscription, 'Firefox')
    expect((await pushBrowsers(anna)).browsers).toHaveLength(1)
    await subscribe(boris, subscription, 'Firefox')
    expect((await pushBrowsers(anna)).browsers).toEqual([])
    await unsubscribe(anna, { endpoint: subscription.endpoint })
    expect((await pushBrowsers(boris)).browsers).toHaveLength(1)
    await unsubscribe(boris, { endpoint: subscription.endpoint })
    expect((await pushBrowsers(boris)).browsers).toEqual([])
  })

  test('beyond ten takes the place of the oldest', async () => {
    for (let one = 0; one < 12; one++)
      await subscribe(anna, sent(`https://push.example/${one}`), `browser ${one}`)
    const agents = (await pushBrowsers(anna)).browsers.map(({ agent }) => agent)
    expect(agents).toHaveLength(10)
    expect(agents).not.toContain('browser 0')
  })

  test.each([
    ['another scheme', { ...sent('http://push.example/a') }],
    ['a name in the address', { ...sent('https://user@push.example/a') }],
    ['a short key', { endpoint: 'https://push.example/a', keys: { p256dh: 'AAAA', auth: 'AAAA' } }],
    ['no keys', { endpoint: 'https://push.example/a' }],
    ['nothing', null],
  ])('with %s is refused', async (_what, body) => {
    await expect(subscribe(anna, body, '')).rejects.toMatchObject({ code: 'invalid_input' })
  })
})

test('all processes know the installation by the same key', () => {
  expect(vapidDetails()).toEqual(vapidDetails())
  expect(Buffer.from(vapidDetails().publicKey, 'base64url')).toHaveLength(65)
})
