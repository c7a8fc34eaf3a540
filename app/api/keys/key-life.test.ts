import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { NewKeyAnswer } from '#lib/contract/people/api-key'
import { apikey, session, user } from '#lib/db/auth-schema'
import { generation } from '#lib/db/generation-schema'
import { hold } from '#lib/db/money-schema'
import { database } from '#lib/db/client'
import { env } from '#lib/env'
import { streamEvents } from '#lib/http/streams/stream-events'
import { useDataFolder } from '#lib/http/test-visitor'
import { startQueue, stopQueue } from '#lib/jobs/queue'
import { deleteOrganization } from '#lib/people/organizations/organizations'
import { removeMember } from '#lib/people/organizations/members'
import { type Asker, answerOf } from '../../../tests/support/ask-route.ts'
import {
  type Person,
  aPerson,
  aSessionWithin,
  aTeamOf,
  join,
} from '../../../tests/support/people/a-person.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { POST as generate } from '../generate/video/route.ts'
import { forgetEverything } from '../../../tests/support/generations/test-generation.ts'

useDataFolder()
process.env.KIE_API_KEY = 'a key'
process.env.GOOGLE_CLOUD_PROJECT = 'a project'
withTestDatabase()
beforeAll(async () => {
  await startQueue()
  Object.assign(env(), { ACCESS: 'members' })
})
afterAll(async () => {
  Object.assign(env(), { ACCESS: 'auto' })
  await stopQueue(1_000)
})

// $0.40 at Kie.ai, $1.20 where Vertex AI steps in.
const veo = { prompt: 'a fox', model: 'veo-3.1-fast' }

let anna: Person
beforeEach(async () => {
  await forgetEverything()
  anna = await aPerson()
})

/** Makes a key as its owner does, and asks with it. */
async function newKey(ask: Asker, wish: object = {}) {
  const body = { name: 'Nightly', scopes: ['read', 'generate'], ...wish }
  const answer = await answerOf('POST /api/keys', { params: {}, body }, ask)
  expect(answer.status).toBe(201)
  expect(answer.headers['cache-control']).toBe('private, no-store')
  const { key, view } = JSON.parse(answer.body) as NewKeyAnswer
  const byKey: Asker = (path, init = {}) => {
    const headers = new Headers(init.headers)
    headers.set('authorization', `Bearer ${key}`)
    return new Request(`http://localhost${path}`, { ...init, headers })
  }
  return { ask: byKey, id: view.id }
}

const start = (ask: Asker, differences: object = {}) =>
  answerOf('POST /api/generate/video', { params: {}, body: { ...veo, ...differences } }, ask)
const codeOf = ({ body }: { body: string }) => (JSON.parse(body) as { code: string }).code
const revoke = (ask: Asker, keyId: string) =>
  answerOf('DELETE /api/keys/[keyId]', { params: { keyId } }, ask)

test('a key starts what its account may, without a cookie, until it is revoked', async () => {
  const key = await newKey(anna.ask)
  const started = await start(key.ask)
  expect(started.status).toBe(202)
  expect(started.headers).not.toHaveProperty('set-cookie')
  const [row] = await database().select().from(generation)
  const { userId } = anna.caller
  expect(row).toMatchObject({ ownerId: userId, startedBy: userId, keyId: key.id })
  const files = { params: {} }
  expect((await answerOf('GET /api/file', files, anna.ask)).body).toContain(row!.id)
  expect((await revoke(anna.ask, key.id)).status).toBe(204)
  for (const answer of [
    await start(key.ask),
    await answerOf('GET /api/file', files, key.ask),
    await answerOf('POST /api/file/[fileId]/cancel', { params: { fileId: row!.id } }, key.ask),
  ]) {
    expect(codeOf(answer)).toBe('key_invalid')
    expect(answer.headers['www-authenticate']).toBe('Bearer')
  }
  expect((await revoke(anna.ask, key.id)).status).toBe(404)
})

test('of ten starts at once, the limit of the key lets as many through as it covers', async () => {
  const [key, other] = [await newKey(anna.ask, { limitUsd: 3.6 }), await newKey(anna.ask)]
  const answers = await Promise.all(Array.from({ length: 10 }, () => start(key.ask)))
  const refused = answers.filter(({ status }) => status !== 202)
  expect(refused.map(codeOf)).toEqual(Array.from({ length: 7 }, () => 'spending_limit_reached'))
  expect(refused[0]!.body).toMatch(/API key.*\$3\.60.*a month/)
  expect(await database().$count(hold, eq(hold.keyId, key.id))).toBe(3)
  expect((await start(other.ask)).status).toBe(202)
  const params = { keyId: key.id }
  await answerOf('PATCH /api/keys/[keyId]', { params, body: { limitUsd: 4.8 } }, anna.ask)
  expect((await start(key.ask)).status).toBe(202)
  expect((await start(key.ask)).status).toBe(429)
})

test('a batch that passes the limit of a key is refused whole', async () => {
  const key = await newKey(anna.ask, { limitUsd: 3 })
  expect(codeOf(await start(key.ask, { variations: 3 }))).toBe('spending_limit_reached')
  expect(await database().$count(generation)).toBe(0)
  expect((await start(key.ask, { variations: 2 })).status).toBe(202)
})

test('a key of an organization works for it, also after its maker has left', async () => {
  const boss = await aPerson()
  const { ownerId: teamId } = await aTeamOf(boss)
  await join(teamId, anna, 'admin')
  const key = await newKey(await aSessionWithin(anna.caller, teamId))
  const { userId } = anna.caller
  await removeMember({ organizationId: teamId, by: boss.caller.userId, userId })
  expect((await start(key.ask)).status).toBe(202)
  const [row] = await database().select().from(generation)
  expect(row).toMatchObject({ ownerId: teamId, startedBy: '', keyId: key.id })
  expect((await answerOf('GET /api/file', { params: {} }, anna.ask)).body).not.toContain(row!.id)
  expect((await revoke(anna.ask, key.id)).status).toBe(404)
  expect((await revoke(await aSessionWithin(boss.caller, teamId), key.id)).status).toBe(204)
  expect(codeOf(await start(key.ask))).toBe('key_invalid')
})

test('a key that may only read starts and changes nothing', async () => {
  const key = await newKey(anna.ask, { scopes: ['read'] })
  expect((await start(key.ask)).status).toBe(403)
  expect((await answerOf('DELETE /api/file', { params: {} }, key.ask)).status).toBe(403)
  expect((await answerOf('GET /api/file', { params: {} }, key.ask)).status).toBe(200)
})

const ended = (id: string, values: Partial<typeof apikey.$inferInsert>) =>
  database().update(apikey).set(values).where(eq(apikey.id, id))

type Ending = [how: string, end: (keyId: string) => Promise<unknown>]
test.each<Ending>([['is revoked', (keyId) => revoke(anna.ask, keyId)]])(
  'attack: the stream of a key, and a start whose body comes slowly, end when it %s',
  expectEnded,
)

test.each<Ending>([
  ['expires', (keyId) => ended(keyId, { expiresAt: new Date() })],
  [
    'is of an account that is banned',
    () => database().update(user).set({ banned: true }).where(eq(user.id, anna.caller.userId)),
  ],
])(
  'attack: the stream of a key, and a start whose body comes slowly, end when it %s',
  { tags: 'long' },
  expectEnded,
)

async function expectEnded(...[, end]: Ending) {
  const key = await newKey(anna.ask)
  const slow = slowStart(key.ask)
  const answer = await streamEvents(key.ask('/api/v1/events/user'), 'user')
  expect(answer.status).toBe(200)
  const { promise: over, resolve } = Promise.withResolvers<void>()
  void answer.body!.pipeTo(new WritableStream({ close: resolve }))
  await slow.isRead
  await end(key.id)
  await over
  expect(await slow.comes()).toBe('forbidden')
  expect(await database().$count(generation)).toBe(0)
  expect((await streamEvents(key.ask('/api/v1/events/user'), 'user')).status).toBe(401)
}

/** A start whose head is here, and whose body is held back. */
function slowStart(ask: Asker) {
  const { promise: isTime, resolve } = Promise.withResolvers<void>()
  const { promise: isRead, resolve: read } = Promise.withResolvers<void>()
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
    read()
    await isTime
    controller.enqueue(new TextEncoder().encode(JSON.stringify(veo)))
    controller.close()
  }
  const body = new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 })
  const headers = { 'content-type': 'application/json' }
  const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit
  const answer = generate(ask('/api/generate/video', init))
  return {
    /** Who asks is known by then. */
    isRead,
    comes: async () => {
      resolve()
      return ((await (await answer).json()) as { code?: string }).code
    },
  }
}

test.each<[string, (teamId: string, boss: Person) => Promise<unknown>]>([
  [
    'is removed',
    (organizationId, boss) =>
      removeMember({ organizationId, by: boss.caller.userId, userId: anna.caller.userId }),
  ],
  [
    'switches to the own account',
    () => database().update(session).set({ activeOrganizationId: null }),
  ],
  [
    'is banned',
    () => database().update(user).set({ banned: true }).where(eq(user.id, anna.caller.userId)),
  ],
  [
    'has signed out',
    () => database().delete(session).where(eq(session.userId, anna.caller.userId)),
  ],
  ['has lost the organization', (id, boss) => deleteOrganization(boss.caller.userId, id)],
])('attack: a start whose body comes once its member %s spends nothing', async (_how, end) => {
  const boss = await aPerson()
  const { ownerId: teamId } = await aTeamOf(boss)
  await join(teamId, anna, 'member')
  const slow = slowStart(await aSessionWithin(anna.caller, teamId))
  await slow.isRead
  await end(teamId, boss)
  expect(await slow.comes()).toBe('forbidden')
  expect(await database().$count(generation)).toBe(0)
})

test('an organization is deleted before a start or not at all, and none is left behind', async () => {
  for (let round = 0; round < 8; round++) {
    const { ownerId: teamId } = await aTeamOf(anna)
    const ask = await aSessionWithin(anna.caller, teamId)
    const [answer, deleted] = await Promise.all([
      start(ask),
      deleteOrganization(anna.caller.userId, teamId).then(
        () => true,
        () => false,
      ),
    ])
    // One that comes after the deletion is for the account, where its session is then.
    if (!deleted) expect(answer.status).toBe(202)
    const isOfTeam = eq(generation.ownerId, teamId)
    expect(await database().$count(generation, isOfTeam)).toBe(deleted ? 0 : 1)
  }
})

test('a key in a body is refused, whatever field it is in', async () => {
  const key = await newKey(anna.ask)
  const token = key.ask('/').headers.get('authorization')!.replace('Bearer ', '')
  for (const body of [{ apiKey: token }, { prompt: `my key is ${token}.` }, { name: token }])
    for (const ask of [anna.ask, key.ask]) {
      const answer = await start(ask, body)
      expect([answer.status, codeOf(answer)]).toEqual([400, 'key_misplaced'])
      expect(answer.body).not.toContain(token)
    }
  expect(await database().$count(generation)).toBe(0)
})
