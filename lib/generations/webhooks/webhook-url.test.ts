import { inEnglish } from '#lib/messages/translate'
import { describe, expect, test } from 'vitest'
import { webhookUrl, reasonForPolling } from './webhook-url.ts'

const sends = { id: 'kie', readWebhook: () => null, isOnThisMachine: false }
const asked = { id: 'vertex', isOnThisMachine: false }
const emulated = { ...sends, isOnThisMachine: true }

describe('the address for webhooks', () => {
  test('is ours, with the key of the attempt', () => {
    expect(webhookUrl(sends, 'https://video.example/studio', 'token_1')).toBe(
      'https://video.example/studio/api/webhooks/kie?token=token_1',
    )
  })

  test('is none for a provider that sends no webhooks', () => {
    expect(webhookUrl(asked, 'https://video.example', 'token_1')).toBeNull()
  })

  test('is none without a key', () => {
    expect(webhookUrl(sends, 'https://video.example', '')).toBeNull()
  })

  test.each([null, 'http://localhost:3000', 'http://10.0.0.5'])('is none at %s', (publicUrl) => {
    expect(webhookUrl(sends, publicUrl, 'token_1')).toBeNull()
  })

  test('is on loopback for an emulator that is there, too', () => {
    expect(webhookUrl(emulated, 'http://127.0.0.1:3000', 't')).toBe(
      'http://127.0.0.1:3000/api/webhooks/kie?token=t',
    )
  })
})

describe('a provider is only polled', () => {
  test('where no address is set, also from this machine', () => {
    for (const provider of [sends, emulated])
      expect(inEnglish(reasonForPolling(provider, null)!)).toBe(
        'Polling only: set PUBLIC_URL to the public address of this server.',
      )
  })

  test.each([
    'http://localhost:3000',
    'http://studio.localhost',
    'http://studio.local',
    'http://studio.internal',
    'http://studio',
    'http://127.0.0.1',
    'http://0.0.0.0:3000',
    'http://10.1.2.3',
    'http://172.16.0.1',
    'http://172.31.255.255',
    'http://192.168.1.1',
    'http://169.254.169.254',
    'http://100.64.0.1',
    'http://[::1]:3000',
    'http://[fd00::1]',
    'http://[fe80::1]',
  ])('at %s', (publicUrl) => {
    const { hostname } = new URL(publicUrl)
    expect(inEnglish(reasonForPolling(sends, publicUrl)!)).toBe(
      `Polling only: PUBLIC_URL (${hostname}) can’t be reached from the internet.`,
    )
  })
})

test.each([
  'https://video.example',
  'https://8.8.8.8',
  'http://172.32.0.1',
  'http://100.128.0.1',
  'https://[2606:4700::1111]',
])('at %s those that can send webhooks do', (publicUrl) => {
  expect(reasonForPolling(sends, publicUrl)).toBeNull()
})
