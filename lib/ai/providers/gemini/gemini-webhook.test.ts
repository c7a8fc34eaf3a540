import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createGeminiProvider } from './gemini-provider.ts'

const now = new Date('2026-11-20T10:00:00Z')
const secret = `whsec_${Buffer.from('a secret of the project').toString('base64')}`
const provider = createGeminiProvider({ apiKey: 'k', webhookSecret: secret })

interface Callback {
  id?: string
  seconds?: number
  body?: string
  signedBody?: string
  key?: string
}

const interactionDone = JSON.stringify({
  type: 'interaction.completed',
  data: { id: 'v1_abc', video_uri: 'https://evil.example/x.mp4' },
})

function callback({
  id = 'msg_1',
  seconds = now.getTime() / 1000,
  body = interactionDone,
  signedBody = body,
  key = 'a secret of the project',
}: Callback = {}) {
  const signature = createHmac('sha256', key)
    .update(`${id}.${seconds}.${signedBody}`)
    .digest('base64')
  const headers = new Headers({
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,bm90IHRoaXMgb25l v1,${signature}`,
  })
  return { headers, body: new TextEncoder().encode(body), now }
}

const read = (change?: Callback) => provider.readWebhook!(callback(change))

describe('a callback', () => {
  test('tells which job it speaks of, and nothing else', () => {
    expect(read()).toEqual({ reference: 'v1_abc', deliveryId: 'msg_1' })
  })

  test.each([
    ['interaction_id', { interaction_id: 'v1_abc', id: 'evt' }, 'v1_abc'],
    ['operation_name', { operation_name: 'models/m/operations/o' }, 'models/m/operations/o'],
  ])('may name it as %s', (_, data, reference) => {
    expect(read({ body: JSON.stringify({ data }) })).toMatchObject({ reference })
  })

  test.each<[string, Callback]>([
    ['is forged', { key: 'another' }],
    ['has another body than was signed', { signedBody: '{}' }],
    ['is too old', { seconds: now.getTime() / 1000 - 301 }],
    ['is from the future', { seconds: now.getTime() / 1000 + 301 }],
    ['has no time', { seconds: Number.NaN }],
    ['is no JSON', { body: 'hello' }],
    ['has no data', { body: '{}' }],
    ['names no job', { body: '{"data":{"id":7}}' }],
  ])('that %s is not heard', (_, change) => {
    expect(read(change)).toBeNull()
  })

  test.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])(
    'without %s is not heard',
    (name) => {
      const delivery = callback()
      delivery.headers.delete(name)
      expect(provider.readWebhook!(delivery)).toBeNull()
    },
  )

  test('is not listened to without a secret', () => {
    expect(createGeminiProvider({ apiKey: 'k' }).readWebhook).toBeUndefined()
  })
})
