import { beforeEach, describe, expect, test } from 'vitest'
import { aPerson, byKeyOf } from '../../../tests/support/people/a-person.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { newId } from '../../ids.ts'
import { env } from '../../env.ts'
import { accessMode } from '../../generations/access.ts'
import { forgetProcessWide } from '../../process-wide.ts'
import { aVisitor, useDataFolder } from '../test-visitor.ts'
import { doorOf } from './limits.ts'
import { withFrontDoor } from './test-front-door.ts'

useDataFolder()
withTestDatabase()

const door = withFrontDoor()
let cookie: string

beforeEach(async () => {
  cookie = (await aVisitor()).request('/').headers.get('cookie')!
})

async function send(method: string, path: string, headers: Record<string, string> = {}) {
  const { body, ...answer } = await door.send(method, path, headers)
  return { ...answer, body: JSON.parse(body) }
}

/** Sends until one is refused; answers how many were let through, and the refusal. */
async function until429(path: string, headers: (index: number) => Record<string, string>) {
  for (let index = 0; index < 2_000; index++) {
    const answer = await send('POST', path, headers(index))
    if (answer.status === 429) return { let: index, ...answer }
  }
  throw new Error('never refused')
}

test('who comes through a proxy on this machine makes the studio reachable', async () => {
  const isSeen = () =>
    accessMode({ ...env(), ACCESS: 'auto', HOST: '127.0.0.1' }, ['KIE_API_KEY']).mode === 'members'
  forgetProcessWide('proxy seen')
  await send('GET', '/health')
  for (const here of ['127.0.0.1', '::1', '::ffff:127.0.0.1'])
    await send('GET', '/health', { 'x-forwarded-for': here })
  expect(isSeen()).toBe(false)
  Object.assign(env(), { RATE_LIMITS: 0 })
  await send('GET', '/health', { 'x-forwarded-for': '203.0.113.7' })
  expect(isSeen()).toBe(true)
  forgetProcessWide('proxy seen')
})

test('attack: behind the front door an address is the connection’s, whatever a client sends', async () => {
  const forged = { 'x-photofinish-client': '9.9.9.9', 'x-forwarded-for': '9.9.9.9' }
  await send('POST', '/api/auth/sign-in/email', forged)
  expect(door.handed().at(-1)!.headers['x-photofinish-client']).toBe('127.0.0.1')
  Object.assign(env(), { TRUST_PROXY: 1 })
  await send('POST', '/api/auth/sign-in/email', {
    ...forged,
    'x-forwarded-for': '8.8.8.8, 7.7.7.7',
  })
  expect(door.handed().at(-1)!.headers['x-photofinish-client']).toBe('7.7.7.7')
})

describe('what comes too often', () => {
  test('S9: from the thousands of addresses of one site is refused together', async () => {
    Object.assign(env(), { TRUST_PROXY: 1, RATE_LIMITS: 0.1 })
    const from = (site: string, index: number) => ({
      'x-forwarded-for': `2001:db8:${site}:${index.toString(16)}::1`,
    })
    const refused = await until429('/api/session', (index) => from('a', index))
    expect(refused.let).toBeGreaterThanOrEqual(300)
    expect((await send('POST', '/api/session', from('b', 1))).status).toBe(200)
  })

  test('attack: starts by events of an API key are as many as through the other doors', async () => {
    const key = await byKeyOf((await aPerson()).caller)
    const authorization = key('/').headers.get('authorization')!
    const refused = await until429('/api/inngest', () => ({ authorization }))
    expect(refused.let).toBeLessThan(200)
    expect(refused.body.detail).toContain('Too many videos were started')
    // Inngest itself, from the same address, goes on.
    expect((await send('POST', '/api/inngest?fnId=photofinish-video-generate')).status).toBe(200)
  })

  test('S5: is refused with words, and with when to come back', async () => {
    const refused = await until429('/api/generate/video', () => ({ cookie }))
    expect(refused.let).toBeGreaterThanOrEqual(60)
    expect(door.handed().length).toBe(refused.let)
    expect(refused.body).toMatchObject({ code: 'rate_limited', status: 429, retryable: true })
    const { detail } = refused.body as { detail: string }
    expect(detail).toMatch(/^Too many videos were started in a short time\. Try again in \d+ s\.$/)
    expect(refused.head).toMatchObject({
      'content-type': 'application/problem+json',
      'retry-after': '1',
      'ratelimit-policy': '"start";q=60;w=60',
      ratelimit: '"start";r=0;t=1',
    })
  })

  test('templates without end are refused, and those that are there can still be read', async () => {
    const refused = await until429('/api/templates', () => ({ cookie }))
    expect(refused.let).toBeGreaterThanOrEqual(150)
    expect(door.handed().length).toBe(refused.let)
    expect(refused.body).toMatchObject({ code: 'rate_limited', retryable: true })
    expect((await send('GET', '/api/templates', { cookie })).status).toBe(200)
  })

  test.each([
    ['POST', '/api/generate/video', '"start";q=60;w=60', '"start";r=59;t=1'],
    ['POST', '/api/v1/generate/video', '"start";q=60;w=60', '"start";r=59;t=1'],
    ['POST', '/api/file/file_1/check', '"check";q=30;w=30', '"check";r=29;t=1'],
    ['POST', '/api/estimate', '"estimate";q=150;w=30', '"estimate";r=149;t=1'],
    ['POST', '/api/templates', '"kept";q=150;w=30', '"kept";r=149;t=1'],
    ['PUT', '/api/file/file_1/poster', '"poster";q=20;w=20', '"poster";r=19;t=1'],
    ['GET', '/api/models', '"read";q=6000;w=20', '"read";r=5999;t=1'],
    ['GET', '/api/file', '"read";q=6000;w=20', '"read";r=5999;t=1'],
    ['DELETE', '/api/file', '"write";q=300;w=30', '"write";r=299;t=1'],
    ['POST', '/api/webhooks/kie', '"webhook";q=1000;w=20', '"webhook";r=999;t=1'],
  ])(
    'what is let through at %s %s is told how much is left',
    async (method, path, policy, level) => {
      const { head } = await door.send(method, path.replace('file_1', newId('file')), { cookie })
      expect(head).toMatchObject({ 'ratelimit-policy': policy, ratelimit: level })
    },
  )

  test('pages tell nothing of it', async () => {
    for (const path of ['/', '/health', '/_next/data/none'])
      expect((await door.send('GET', path)).head).not.toHaveProperty('ratelimit')
  })

  test('S5: 40 messages without a cookie are not 40 accounts with a limit each', async () => {
    const refused = await until429('/api/chat', () => ({}))
    expect(refused.let).toBeLessThan(30)
    expect((await send('POST', '/api/chat', { cookie })).status).toBe(200)
  })

  test('S5: a forged header is no other address', async () => {
    const forged = (index: number) => ({ 'x-forwarded-for': `8.8.${index >> 8}.${index & 255}` })
    expect((await until429('/api/chat', forged)).let).toBeLessThan(30)
    Object.assign(env(), { TRUST_PROXY: 1 })
    forgetProcessWide('token buckets')
    const behind = (index: number) => ({ 'x-forwarded-for': `8.8.8.${index}, 203.0.113.7` })
    expect((await until429('/api/chat', behind)).let).toBeLessThan(30)
    expect((await send('POST', '/api/chat', { 'x-forwarded-for': '203.0.113.8' })).status).toBe(200)
  })

  test('S9: accounts cannot be made without end at one address', { tags: 'long' }, async () => {
    const doors = ['/api/image', '/api/chat', '/api/generate/video', '/api/session']
    const statuses = new Set<number | undefined>()
    for (let index = 0; index < 500; index++)
      statuses.add((await send('POST', doors[index % 4]!, { cookie: 'a=b' })).status)
    expect(door.handed().length).toBeLessThan(400)
    expect(statuses).toContain(429)
  })

  test('is let through where the limits are off', async () => {
    Object.assign(env(), { RATE_LIMITS: 0 })
    for (let index = 0; index < 100; index++) await send('POST', '/api/chat')
    expect(door.handed().length).toBe(100)
  })

  test('a slash at the end is no other door', () => {
    expect(doorOf('POST', '/api/generate/video/')?.name).toBe('start')
    expect(doorOf('POST', '/api/generate/video//')?.name).toBe('start')
  })

  test.each([
    ['POST', '/api/file/file_1/check', 'check'],
    ['POST', '/api/file/file_1/resubmit', 'start'],
    ['POST', '/api/chat/chat_1/videos', 'start'],
    ['POST', '/api/batch', 'start'],
    ['POST', '/api/templates', 'kept'],
    ['PATCH', '/api/templates/template_1', 'kept'],
    ['DELETE', '/api/templates/template_1', 'write'],
    ['GET', '/api/templates', 'read'],
    ['PUT', '/api/file/file_1/poster', 'poster'],
    ['DELETE', '/api/file/file_1/poster', 'write'],
    ['POST', '/api/batch/estimate', 'estimate'],
    ['POST', '/api/providers/kie/check', 'provider-check'],
    ['POST', '/api/kie-video-callback', 'webhook'],
    ['POST', '/api/webhooks/kie', 'webhook'],
    ['DELETE', '/api/file', 'write'],
    ['POST', '/api/auth/sign-in/email', 'sign-in'],
    ['GET', '/api/auth/passkey/generate-authenticate-options', 'sign-in'],
    ['POST', '/api/setup', 'sign-in'],
    ['GET', '/api/invitations/x', 'sign-in'],
    ['GET', '/api/v1/events/file.file_1', 'stream'],
    ['GET', '/api/file', 'read'],
    ['GET', '/health', 'health'],
    ['GET', '/', 'page'],
    ['GET', '/_next/static/chunks/a.js', undefined],
    ['GET', '/_next/data/none', 'page'],
  ])('%s %s is the door %s', (method, path, name) => {
    expect(doorOf(method, path)?.name).toBe(name)
  })
})

test('a page that polls, reloads and starts as people do meets no limit', async () => {
  for (let index = 0; index < 300; index++)
    expect((await send('GET', `/api/file/${newId('file')}`, { cookie })).status).toBe(404)
  for (let index = 0; index < 50; index++) {
    expect((await send('POST', '/api/generate/video', { cookie })).status).toBe(200)
    expect((await send('POST', '/api/estimate', { cookie })).status).toBe(200)
  }
})
