import { createHmac } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type GenerationDeps } from '#lib/generations/engine/deps'
import { database } from '#lib/db/client'
import { webhookDelivery } from '#lib/db/provider-schema'
import { createKieProvider } from '#lib/ai/providers/kie/kie-provider'
import { findGeneration } from '#lib/generations/queries'
import { advance } from '#lib/generations/engine/advance'
import { startQueue, stopQueue } from '#lib/jobs/queue'
import { forgetProcessWide, processWide } from '#lib/process-wide'
import { type KieEmulator, startKieEmulator } from '../../../../tests/emulators/kie/kie-emulator.ts'
import { queueVeo } from '../../../../tests/support/generations/queue-veo.ts'
import { withTestDatabase } from '../../../../tests/support/database/test-database.ts'
import {
  type TestGeneration,
  driveToEnd,
  forgetEverything,
  testGeneration,
} from '../../../../tests/support/generations/test-generation.ts'
import { POST as receiveAtOldAddress } from '../../kie-video-callback/route.ts'
import { POST as receive } from './route.ts'

withTestDatabase()
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))

const webhookHmacKey = 'the key of the account'
let kie: KieEmulator
let deps: TestGeneration

beforeEach(async () => {
  await forgetEverything()
  kie = await startKieEmulator({ apiKey: 'key', webhookHmacKey })
  const site = { apiKey: 'key', baseUrl: kie.url, uploadUrl: kie.url, webhookHmacKey }
  deps = Object.assign(testGeneration(createKieProvider(site)), { fetch: globalThis.fetch })
  processWide<GenerationDeps>('generation deps', () => deps)
})
afterEach(async () => {
  forgetProcessWide('generation deps')
  await kie.close()
  await deps.dispose()
})

/** A generation that is waited for at Kie.ai: its id, the key of its attempt and the task. */
async function waiting() {
  const { id } = await queueVeo(deps, { prompt: 'a fox #kie:seconds=0' })
  await advance(id, deps)
  const row = (await findGeneration(id))!
  return { id, key: row.attemptKey!, taskId: row.attempts[0]!.providerJobId! }
}

function webhook(attemptKey: string, taskId: string, secret = webhookHmacKey) {
  const timestamp = String(Math.floor(deps.now().getTime() / 1000))
  const signature = createHmac('sha256', secret).update(`${taskId}.${timestamp}`).digest('base64')
  return new Request(`https://video.example/api/webhooks/kie?token=${attemptKey}`, {
    method: 'POST',
    headers: { 'x-webhook-timestamp': timestamp, 'x-webhook-signature': signature },
    body: JSON.stringify({ code: 200, data: { taskId } }),
  })
}

const at = (provider: string) => ({ params: Promise.resolve({ provider }) })
const deliveries = () => database().select().from(webhookDelivery)

describe('a provider’s webhook', () => {
  test('is answered at once, and again the same', async () => {
    const { id, key, taskId } = await waiting()
    for (let times = 0; times < 3; times++) {
      const response = await receive(webhook(key, taskId), at('kie'))
      expect(response.status).toBe(200)
      expect(await response.json()).toEqual({ received: true })
    }
    expect(await deliveries()).toMatchObject([
      { provider: 'kie', idempotencyKey: key, providerJobId: taskId },
    ])
    expect((await findGeneration(id))!.dueAt).toEqual(deps.now())
    expect((await driveToEnd(id, deps)).row?.state).toBe('completed')
  })

  test('is taken at the address it has always had', async () => {
    const { key, taskId } = await waiting()
    expect((await receiveAtOldAddress(webhook(key, taskId))).status).toBe(200)
    expect(await deliveries()).toHaveLength(1)
  })

  test.each<[number, string, (made: Awaited<ReturnType<typeof waiting>>) => Promise<Response>]>([
    [
      401,
      'webhook_refused',
      ({ key, taskId }) => receive(webhook(key, taskId, 'another key'), at('kie')),
    ],
    [404, 'not_found', ({ taskId }) => receive(webhook('token_x', taskId), at('kie'))],
    [404, 'not_found', ({ taskId }) => receive(webhook('', taskId), at('kie'))],
    [404, 'not_found', ({ key, taskId }) => receive(webhook(key, taskId), at('vertex'))],
    [404, 'not_found', ({ key, taskId }) => receive(webhook(key, taskId), at('__proto__'))],
    [
      413,
      'payload_too_large',
      ({ key }) => receive(webhook(key, 'x'.repeat(256 * 1024)), at('kie')),
    ],
  ])('is refused with %i %s where it may not', async (status, code, send) => {
    const response = await send(await waiting())
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ code, traceId: expect.any(String) })
    expect(await deliveries()).toEqual([])
  })
})
