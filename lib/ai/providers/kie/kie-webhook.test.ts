import { createHash, createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  createTestbed,
  start,
  startReceiver,
  testContext,
  testInput,
  testRequest,
} from './test-bed.ts'
import { readKieWebhook } from './kie-webhook.ts'

const now = new Date('2026-11-20T12:00:00Z')
const seconds = String(now.getTime() / 1000)
const key = 'webhook-key'
const sign = (taskId: string, timestamp: string, secret = key) =>
  createHmac('sha256', secret).update(`${taskId}.${timestamp}`).digest('base64')

function delivery(body: unknown, signature?: string, timestamp = seconds) {
  const headers = new Headers(
    signature === undefined
      ? {}
      : { 'X-Webhook-Signature': signature, 'X-Webhook-Timestamp': timestamp },
  )
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { headers, body: new TextEncoder().encode(text), now }
}

const body = { code: 200, msg: 'ok', data: { taskId: 't1' } }

describe('with a key', () => {
  it('takes a webhook that is signed', () => {
    expect(readKieWebhook(delivery(body, sign('t1', seconds)), key)).toEqual({
      providerJobId: 't1',
      deliveryId: `t1.${seconds}`,
    })
  })

  it.each([
    ['an altered signature', sign('t1', seconds).replace(/^./, (one) => (one === 'A' ? 'B' : 'A'))],
    ['another task', sign('t2', seconds)],
    ['another key', sign('t1', seconds, 'other')],
    ['half a signature', sign('t1', seconds).slice(0, 20)],
    ['an empty signature', ''],
    ['no signature', undefined],
  ])('refuses %s', (_what, signature) => {
    expect(readKieWebhook(delivery(body, signature), key)).toBeNull()
  })

  it.each([
    [-301, false],
    [-299, true],
    [299, true],
    [301, false],
  ])('takes a timestamp %i s from now: %s', (offset, isTaken) => {
    const timestamp = String(Number(seconds) + offset)
    const news = readKieWebhook(delivery(body, sign('t1', timestamp), timestamp), key)
    expect(news !== null).toBe(isTaken)
  })

  it.each(['', 'now', '-5', '1e9', `${seconds}.5`])('refuses the timestamp "%s"', (timestamp) => {
    const news = readKieWebhook(delivery(body, sign('t1', timestamp), timestamp), key)
    expect(news).toBeNull()
  })
})

describe('without a key', () => {
  it('takes a webhook as it is, and knows it again', () => {
    const hash = createHash('sha256').update(JSON.stringify(body)).digest('hex')
    const news = { providerJobId: 't1', deliveryId: `t1.${hash}` }
    expect(readKieWebhook(delivery(body))).toEqual(news)
    expect(readKieWebhook(delivery(body, 'whatever'))).toEqual(news)
  })

  it.each([
    ['Veo', { code: 501, msg: 'Failed', data: { taskId: 'a', fallbackFlag: false } }],
    ['jobs', { code: 200, msg: 'ok', data: { taskId: 'a', model: 'm', state: 'success' } }],
    ['Aleph', { code: 200, msg: 'ok', data: { task_id: 'a', video_url: 'https://x/v.mp4' } }],
    [
      'Aleph, guide',
      { code: 200, msg: 'ok', data: { result_video_url: 'https://x' }, taskId: 'a' },
    ],
    ['4K', { code: 200, data: { task_id: 'a', result_urls: ['https://x'], media_ids: [] } }],
    ['4K, guide', { code: 200, data: { taskId: 'a', info: { resultUrls: ['https://x'] } } }],
    ['no data', { code: 500, msg: 'Internal', data: null, taskId: 'a' }],
  ])('reads the shape of %s', (_name, shape) => {
    expect(readKieWebhook(delivery(shape))).toMatchObject({ providerJobId: 'a' })
  })

  it('reads a task that is named by a number', () => {
    const news = readKieWebhook(delivery({ code: 200, data: { taskId: 17 } }))
    expect(news).toMatchObject({ providerJobId: '17' })
  })

  it.each([
    '',
    'not json',
    '[]',
    'null',
    '{}',
    '{"data":{"taskId":5.5}}',
    '{"data":{"taskId":""}}',
    JSON.stringify({ taskId: 'x'.repeat(201) }),
  ])('makes nothing of %s', (garbage) => {
    expect(readKieWebhook(delivery(garbage))).toBeNull()
  })
})

describe('from the emulator', () => {
  let bed: Awaited<ReturnType<typeof createTestbed>>
  let receiver: Awaited<ReturnType<typeof startReceiver>>
  beforeEach(async () => {
    bed = await createTestbed({ webhookHmacKey: key })
    receiver = await startReceiver()
  })
  afterEach(async () => {
    await bed.close()
    await receiver.close()
  })

  const film = testInput('source_video', 'film.mp4')
  const begin = async (prompt: string, model = 'veo3_fast') => {
    const inputs = model === 'runway-aleph' ? [film] : []
    const request = testRequest({ prompt: `${prompt} #kie:seconds=0.05`, model, inputs })
    const context = testContext({ webhookUrl: receiver.url })
    await start(bed.provider, request, context)
    return bed.emulator.jobsOf(request.prompt)[0]!.reference
  }
  const news = () =>
    receiver.deliveries.map((one) => bed.provider.readWebhook!({ ...one, now: new Date() }))

  it.each(['veo3_fast', 'unknown/model', 'runway-aleph'])('takes that of %s', async (model) => {
    const providerJobId = await begin('fox', model)
    await expect.poll(news).toMatchObject([{ providerJobId }])
  })

  it.each(['', '#kie:webhook-wrong'])(
    'takes that of Aleph as the guide has it %s',
    async (more) => {
      const providerJobId = await begin(`guide #kie:webhook-guide ${more}`, 'runway-aleph')
      await expect.poll(news).toMatchObject([{ providerJobId }])
      const sent = JSON.parse(new TextDecoder().decode(receiver.deliveries[0]!.body))
      expect(sent).toMatchObject({ taskId: providerJobId })
      expect(sent.data ?? {}).not.toHaveProperty('task_id')
    },
  )

  it('takes one that comes before the answer, and one that tells of no failure', async () => {
    const early = await begin('early #kie:webhook-early')
    expect(news()).toMatchObject([{ providerJobId: early }])
    const wrong = await begin('wrong #kie:webhook-wrong')
    await expect.poll(news).toMatchObject([{ providerJobId: early }, { providerJobId: wrong }])
  })

  it('knows the same one again when it comes a hundred times', async () => {
    const providerJobId = await begin('fox #kie:webhook-100')
    await expect.poll(() => receiver.deliveries.length).toBe(100)
    const ids = new Set(news().map((one) => one?.deliveryId))
    expect(news().every((one) => one?.providerJobId === providerJobId)).toBe(true)
    // One for each second of its sending, since the signature covers the second.
    expect(ids.size).toBeLessThan(100)
  })

  it('waits where one comes late, and misses one that never comes', async () => {
    await begin('none #kie:webhook-none')
    const providerJobId = await begin('late #kie:webhook-late=0.1')
    await expect.poll(news).toMatchObject([{ providerJobId }])
  })

  it('refuses a forged one', async () => {
    await begin('fox #kie:webhook-forged')
    await expect.poll(news).toEqual([null])
  })
})
