import { networkInterfaces } from 'node:os'
import { ne } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#lib/ids'
import { keyNeeds } from '#lib/http/front-door/key-scopes'
import { useDataFolder } from '#lib/http/test-visitor'
import { chat } from '#lib/db/chat-schema'
import { database } from '#lib/db/client'
import { generation } from '#lib/db/generation-schema'
import { createKey } from '#lib/people/keys/keys'
import { type KieEmulator, startKieEmulator } from '../emulators/kie/kie-emulator.ts'
import { type OpenAiChatServer, startOpenAiChatServer } from '../emulators/openai-chat-server.ts'
import { aPerson } from '../support/people/a-person.ts'
import { withTestDatabase } from '../support/database/test-database.ts'
import { type Asked, startServer, withServers } from './server-process.ts'

// With a paid provider's key, and reached from another address, a stranger cannot spend a cent: over HTTP, at an
// address that is not this machine's loopback where it has one.

useDataFolder()
withTestDatabase()
withServers()

const address =
  Object.values(networkInterfaces())
    .flat()
    .find((one) => one && !one.internal && one.family === 'IPv4')?.address ?? '127.0.0.2'

let kie: KieEmulator
let model: OpenAiChatServer
let server: Awaited<ReturnType<typeof startServer>>
let key = ''
/** Things of a member that a stranger knows the ids of. */
let known = { fileId: '', chatId: '' }

beforeAll(async () => {
  kie = await startKieEmulator({ apiKey: 'kie-test-key' })
  model = await startOpenAiChatServer()
  model.script = () => ({ calls: [{ name: 'generateVideo', arguments: { prompt: 'a call' } }] })
  const keys = {
    KIE_API_KEY: 'kie-test-key',
    KIE_BASE_URL: kie.url,
    KIE_UPLOAD_URL: kie.url,
    CHAT_BASE_URL: model.baseUrl,
    CHAT_API_KEY: 'chat-key',
    CHAT_MODEL: 'test-model',
    CHAT_CONFIRM_ABOVE_USD: '100',
  }
  server = await startServer({ ...keys, RATE_LIMITS: 'off' }, address)
  const member = await aPerson()
  ;({ key } = await createKey(member.caller, { name: 'all', scopes: ['read', 'generate'] }))
})
afterAll(async () => {
  await kie.close()
  await model.close()
})

const prompt = 'a fox of a stranger'
const paidModel = 'veo-3.1-fast'
const aStart = { prompt, model: paidModel }

function aMessage(chatId: string) {
  const parts = [{ type: 'text', text: 'make a video of a fox' }]
  return { chatId, message: { id: newId('token'), role: 'user', parts } }
}

/** What would spend by each door, were it let through; the others are asked with nothing. */
const bodies: Record<string, () => unknown> = {
  'POST /api/generate/video': () => ({ ...aStart, variations: 4 }),
  'POST /api/estimate': () => aStart,
  'POST /api/chat': () => aMessage(newId('chat')),
  'POST /api/chat/[chatId]/videos': () => ({ fromFileId: known.fileId, model: paidModel }),
  'POST /api/session': () => ({}),
  'POST /api/setup': () => ({
    token: 'x',
    name: 'x',
    email: 'x@example.com',
    password: 'x'.repeat(12),
  }),
  'POST /api/webhooks/[provider]': () => ({ data: { task_id: 'x' } }),
}

const values: Record<string, () => string> = {
  fileId: () => known.fileId,
  chatId: () => known.chatId,
  provider: () => 'kie',
  id: () => 'kie',
  channels: () => `file.${known.fileId}`,
}

/** Every route of the API that keys are told of, with every method. */
const doors = Object.entries(keyNeeds).flatMap(([route, needs]) =>
  Object.keys(needs).map((method) => ({ method, route })),
)

function pathOf(route: string) {
  return route.replaceAll(/\[(?:\.{3})?(\w+)\]/g, (_all, name: string) => values[name]?.() ?? 'x')
}

async function walk(headers: Record<string, string>, query = '') {
  const answers: [door: string, status: number][] = []
  for (const { method, route } of doors) {
    const door = `${method} ${route}`
    const body = bodies[door]?.()
    const asked: Asked = { headers, ...(method !== 'GET' && { body: body ?? {} }) }
    const { status } = await server.send(method, pathOf(route) + query, asked)
    answers.push([door, status])
  }
  return new Map(answers)
}

const paid = () => database().select().from(generation).where(ne(generation.provider, 'local'))

describe(`at ${address}`, () => {
  test('a member spends by these doors', async () => {
    const headers = { authorization: `Bearer ${key}` }
    const started = await server.send('POST', '/api/generate/video', {
      headers,
      body: { ...aStart, prompt: 'of a member' },
    })
    expect(started.status).toBe(202)
    const { files } = JSON.parse(started.body) as { files: { id: string }[] }
    const message = aMessage(newId('chat'))
    expect((await server.send('POST', '/api/chat', { headers, body: message })).status).toBe(200)
    known = { fileId: files[0]!.id, chatId: message.chatId }
    const rows = await paid()
    expect(rows.length).toBeGreaterThan(1)
    await expect.poll(() => kie.jobs.length).toBe(rows.length)
    expect(model.requests.length).toBeGreaterThan(0)
    expect(await database().$count(chat)).toBe(1)
  })

  const forged = {
    'x-forwarded-for': '127.0.0.1',
    'x-real-ip': '127.0.0.1',
    forwarded: 'for=127.0.0.1;host=localhost;proto=http',
    'x-forwarded-host': 'localhost',
    'x-forwarded-proto': 'https',
  }

  const nonsense = {
    authorization: `Bearer pf_${'x'.repeat(40)}`,
    cookie: 'photofinish.session_token=x.y',
  }

  type Stranger = [who: string, given: Record<string, string>, inAddress: string]

  test.each<Stranger>([
    ['without a cookie', {}, ''],
    ['with a key and a cookie that are none', nonsense, ''],
    ['with a session and a member’s key in the address', { session: 'own' }, 'key'],
  ])('a stranger %s spends nothing by any door', expectNothingSpent)

  test.each<Stranger>([
    ['with a session', { session: 'own' }, ''],
    ['with a session who names another host', { session: 'own', host: 'localhost', ...forged }, ''],
    ['with a session who claims to be this machine', { session: 'own', ...forged }, ''],
  ])('a stranger %s spends nothing by any door', { tags: 'long' }, expectNothingSpent)

  async function expectNothingSpent(...[, given, inAddress]: Stranger) {
    const { session, ...headers } = given
    const [jobs, asked, rows] = [kie.jobs.length, model.requests.length, (await paid()).length]
    if (session) {
      const { cookie } = await server.send('POST', '/api/session', { body: {} })
      expect(cookie).toContain('=')
      headers.cookie = cookie
    }
    const query = inAddress ? `?key=${key}&api_key=${key}&access_token=${key}&apiKey=${key}` : ''
    const answers = await walk(headers, query)
    expect(answers.get('POST /api/generate/video')).toBeGreaterThanOrEqual(400)
    expect([...answers].filter(([, status]) => status >= 500)).toEqual([])
    expect([kie.jobs.length, model.requests.length, (await paid()).length]).toEqual([
      jobs,
      asked,
      rows,
    ])
  }

  test('and the books of the provider hold what the member ordered, and no more', async () => {
    const started = (await paid()).map((row) => row.prompt)
    expect(kie.jobs.map((job) => job.prompt).toSorted()).toEqual(started.toSorted())
    expect(started).not.toContain(prompt)
  })
})
