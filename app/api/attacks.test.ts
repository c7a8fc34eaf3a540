import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { session, user } from '#lib/db/auth-schema'
import { database } from '#lib/db/client'
import { keyNeeds } from '#lib/http/front-door/key-scopes'
import { useDataFolder } from '#lib/http/test-visitor'
import { startQueue, stopQueue } from '#lib/jobs/queue'
import { type Asker, answerOf, routesOfApi } from '../../tests/support/ask-route.ts'
import { aPerson } from '../../tests/support/people/a-person.ts'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'

useDataFolder()
withTestDatabase()
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))

const routes = await routesOfApi()

/** Called by providers and the payment service, which sign what they send, or with an API key only: no cookie counts there. */
const byKeyOnly = /^\/api\/(?:openjourney\/|(?:inngest|mcp)$)/
const isOfPrograms = (route: string) => {
  const [method, path] = route.split(' ') as ['POST', string]
  return byKeyOnly.test(path) || keyNeeds[path]?.[method] === 'ignored'
}

/** The library's endpoints that change something, each by its path. */
const ofLibrary = [
  'sign-in/email',
  'sign-in/social',
  'sign-out',
  'link-social',
  'two-factor/verify-totp',
  'two-factor/verify-backup-code',
  'two-factor/enable',
  'two-factor/disable',
  'two-factor/generate-backup-codes',
  'passkey/verify-authentication',
  'passkey/verify-registration',
  'passkey/delete-passkey',
  'change-password',
  'update-user',
  'revoke-session',
  'revoke-other-sessions',
]

const params = {
  id: 'x',
  token: 'x',
  fileId: `file_${'0'.repeat(24)}`,
  chatId: `chat_${'0'.repeat(24)}`,
  keyId: 'x',
  userId: 'x',
  batchId: 'x',
  collectionId: 'x',
  canvasId: 'x',
  templateId: 'x',
  zipId: 'x',
  invitationId: 'x',
  provider: 'kie',
  action: 'ban',
  channels: 'user',
  key: ['x', 'source'],
}

interface Attempt {
  route: string
  name: string
  params: Record<string, string | string[]>
}

const asked = routes.flatMap((route): Attempt[] =>
  route.includes('[...all]')
    ? ofLibrary.map((path) => ({ route, params: { all: path.split('/') }, name: path }))
    : [{ route, params, name: route }],
)
const changing = asked.filter(({ route }) => !route.startsWith('GET ') && !isOfPrograms(route))

/** An owner of the installation, who may do everything, asks with these headers besides. */
async function anOwner() {
  const { ask, caller } = await aPerson()
  await database().update(user).set({ role: 'user' }).where(eq(user.role, 'owner'))
  await database().update(user).set({ role: 'owner' }).where(eq(user.id, caller.userId))
  const from =
    (more: Record<string, string>): Asker =>
    (path, init = {}) =>
      ask(path, { ...init, headers: { ...(init.headers as Record<string, string>), ...more } })
  return { from, userId: caller.userId }
}

describe('attack: a page of another site', () => {
  test.each<[string, Record<string, string>]>([
    ['a browser says so', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['on a sister’s name', { 'sec-fetch-site': 'same-site', origin: 'http://evil.localhost' }],
    ['in an old browser', { origin: 'https://evil.example' }],
    ['in a frame without an origin', { origin: 'null' }],
    ['on another port', { origin: 'http://localhost:81' }],
    ['with a form', { 'sec-fetch-site': 'cross-site', 'content-type': 'text/plain' }],
  ])('changes nothing by any route, and signs no one out: %s', async (_how, headers) => {
    const { from, userId } = await anOwner()
    expect(changing.length).toBeGreaterThan(50)
    for (const { route, name, ...one } of changing) {
      const { status, body } = await answerOf(route, { ...one, body: {} }, from(headers))
      const { code } = JSON.parse(body) as { code: string }
      expect([name, status, code]).toEqual([name, 403, 'cross_site_request'])
    }
    expect(await database().$count(session, eq(session.userId, userId))).toBe(1)
  })

  test('that leads its own name here changes nothing by any route', async () => {
    const { from } = await anOwner()
    const rebound: Asker = (path, init) => from({ host: 'evil.example' })(path, init)
    for (const { route, name, ...one } of changing) {
      const { status, body } = await answerOf(route, { ...one, body: {} }, rebound)
      const { code } = JSON.parse(body) as { code: string }
      expect([name, status, code]).toEqual([name, 403, 'host_not_allowed'])
    }
  })
})

test('attack: no cache between keeps what is told to one: every answer by a session says so', async () => {
  const { from } = await anOwner()
  for (const { route, name, ...one } of asked.filter(({ route }) => route.startsWith('GET '))) {
    const { status, headers } = await answerOf(route, one, from({}))
    const isKept = !/\b(?:private|no-store)\b/.test(headers['cache-control'] ?? '')
    expect([name, status, isKept && headers['cache-control']]).toEqual([name, status, false])
  }
})
