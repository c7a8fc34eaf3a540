import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { session } from '#lib/db/auth-schema'
import { database } from '#lib/db/client'
import { generation } from '#lib/db/generation-schema'
import { topUp } from '#lib/db/money-schema'
import { env } from '#lib/env'
import { useDataFolder } from '#lib/http/test-visitor'
import { newId, randomText } from '#lib/ids'
import { createKey } from '#lib/people/keys/keys'
import { inviteToOrganization } from '#lib/people/organizations/invitations'
import { removeMember } from '#lib/people/organizations/members'
import {
  type Asked,
  type Asker,
  answerOf,
  routesWithIds,
} from '../../../tests/support/ask-route.ts'
import {
  type Person,
  aPerson,
  aSessionWithin,
  aTeamOf,
  join,
} from '../../../tests/support/people/a-person.ts'
import { queueFile } from '../../../tests/support/generations/test-generation.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'

useDataFolder()
withTestDatabase()

interface Things {
  organization: string
  /** One of its members. */
  member: string
  invitation: string
  /** Of its own, not of an organization. */
  key: string
  session: string
  topUp: string
}

const team = ({ organization: id }: Things) => ({ params: { id } })
const member = ({ organization: id, member: userId }: Things) => ({ params: { id, userId } })
const key = ({ key: keyId }: Things) => ({ params: { keyId } })

// In this order: what ends an organization or a session comes last.
const routes: Record<string, (things: Things) => Asked> = {
  'GET /api/organizations/[id]': team,
  'PATCH /api/organizations/[id]': (things) => ({ ...team(things), body: { name: 'B' } }),
  'GET /api/organizations/[id]/invitations': team,
  'POST /api/organizations/[id]/invitations': (things) => ({ ...team(things), body: {} }),
  'DELETE /api/organizations/[id]/invitations/[invitationId]': (things) => ({
    params: { id: things.organization, invitationId: things.invitation },
  }),
  'PATCH /api/organizations/[id]/members/[userId]': (things) => ({
    ...member(things),
    body: { role: 'admin' },
  }),
  'DELETE /api/organizations/[id]/members/[userId]': member,
  'PATCH /api/keys/[keyId]': (things) => ({ ...key(things), body: { limitUsd: 1 } }),
  'DELETE /api/keys/[keyId]': key,
  'POST /api/top-ups/[id]/check': ({ topUp: id }) => ({ params: { id } }),
  'DELETE /api/organizations/[id]': team,
  'DELETE /api/account/sessions/[id]': ({ session: id }) => ({ params: { id } }),
}

// A token is the right itself, the library's endpoints have no ids in their paths.
const elsewhere = ['/api/invitations/[token]', '/api/auth/']
const ofPeople = /\/api\/(?:account|auth|invitations|keys|organizations|top-ups)\//

test('every route of people with an id is in the table', async () => {
  const people = (await routesWithIds())
    .filter((route) => ofPeople.test(route))
    .filter((route) => !elsewhere.some((one) => route.includes(one)))
  expect(Object.keys(routes).toSorted()).toEqual(people)
})

let anna: Person
let own: Things
let others: Things[]

async function thingsOf(person: Person): Promise<Things> {
  const { caller } = person
  const { ownerId: organization } = await aTeamOf(person)
  const other = await aPerson()
  await join(organization, other, 'member')
  const { userId } = caller
  const [row] = await database().select().from(session).where(eq(session.userId, userId))
  return {
    organization,
    member: other.caller.userId,
    invitation: (await inviteToOrganization(userId, organization, {})).id,
    key: (await createKey(caller, { name: 'one', scopes: ['read'] })).view.id,
    session: row!.id,
    topUp: await aTopUpOf(userId),
  }
}

async function aTopUpOf(ownerId: string) {
  const id = randomText(32)
  const [createdAt, state] = [new Date(), 'paid' as const]
  await database()
    .insert(topUp)
    .values({ id, ownerId, userId: ownerId, amountMicros: 1_000_000, createdAt, state })
  return id
}

const nothing = (): Things => ({
  organization: newId('org'),
  member: randomText(32),
  invitation: newId('invite'),
  key: newId('key'),
  session: randomText(32),
  topUp: randomText(32),
})

const payments = {
  BILLING: 'credits',
  STRIPE_SECRET_KEY: 'sk_test',
  STRIPE_WEBHOOK_SECRET: 'whsec_test',
}

beforeAll(async () => {
  Object.assign(env(), payments)
  anna = await aPerson()
  own = await thingsOf(anna)
  const boris = await aPerson()
  const theirs = await thingsOf(boris)
  const ofTeam = await createKey(
    { ...anna.caller, ownerId: own.organization },
    { name: 'team', scopes: ['read'] },
  )
  others = [
    theirs,
    // An account is no organization, and a key of an organization is not one of this account's.
    { ...theirs, organization: boris.caller.userId, key: ofTeam.view.id },
    { ...theirs, organization: anna.caller.userId },
  ]
})

const noPayments = {
  BILLING: 'off',
  STRIPE_SECRET_KEY: undefined,
  STRIPE_WEBHOOK_SECRET: undefined,
}
afterAll(() => void Object.assign(env(), noPayments))

test.each(Object.keys(routes))('%s answers ids of others as ids of nothing', async (route) => {
  const neverSeen = await answerOf(route, routes[route]!(nothing()), anna.ask)
  expect(neverSeen.status).toBe(404)
  for (const theirs of others)
    expect(await answerOf(route, routes[route]!(theirs), anna.ask)).toEqual(neverSeen)
  const answer = await answerOf(route, routes[route]!(own), anna.ask)
  expect(answer.status).not.toBe(404)
})

test('who is no administrator learns nothing of ids by any route of administrators', async () => {
  const who = await aPerson()
  const routesOfAdmins = (await routesWithIds()).filter((route) => route.includes('/api/admin/'))
  expect(routesOfAdmins.length).toBeGreaterThan(3)
  for (const route of routesOfAdmins)
    for (const id of [who.caller.userId, own.member, own.invitation, newId('file'), 'ban'])
      for (const body of [undefined, {}, { role: 'admin' }]) {
        const names = [...route.matchAll(/\[(\w+)\]/g)].map(([, name]) => [name!, id])
        const asked = {
          params: Object.fromEntries(names) as Asked['params'],
          ...(body && { body }),
        }
        const answer = await answerOf(route, asked, who.ask)
        expect([route, answer.status]).toEqual([route, 403])
      }
})

describe('within an organization of one’s own', () => {
  let boss: Person
  let teamId: string
  let within: Asker
  beforeEach(async () => {
    boss = await aPerson()
    ;({ ownerId: teamId } = await aTeamOf(boss))
    within = await aSessionWithin(boss.caller, teamId)
  })

  test.each(['PATCH', 'DELETE'])('%s of one who is no member is of no one', async (method) => {
    const route = `${method} /api/organizations/[id]/members/[userId]`
    const stranger = await aPerson()
    const asked = (userId: string) => ({
      params: { id: teamId, userId },
      ...(method === 'PATCH' && { body: { role: 'admin' } }),
    })
    const neverSeen = await answerOf(route, asked(randomText(32)), boss.ask)
    expect(neverSeen.status).toBe(404)
    expect(await answerOf(route, asked(stranger.caller.userId), boss.ask)).toEqual(neverSeen)
  })

  test('an invitation of another organization is none', async () => {
    const { ownerId: otherId } = await aTeamOf(boss)
    const { id: invitationId } = await inviteToOrganization(boss.caller.userId, otherId, {})
    const route = 'DELETE /api/organizations/[id]/invitations/[invitationId]'
    const answer = await answerOf(route, { params: { id: teamId, invitationId } }, boss.ask)
    expect(answer.status).toBe(404)
  })

  test('an admin invites members and admins, an owner owners, a member no one', async () => {
    const [admin, plain] = [await aPerson(), await aPerson()]
    await join(teamId, admin, 'admin')
    await join(teamId, plain, 'member')
    const invite = async ({ ask }: Person, body: object) =>
      (
        await answerOf(
          'POST /api/organizations/[id]/invitations',
          { params: { id: teamId }, body },
          ask,
        )
      ).status
    expect(await invite(admin, { role: 'admin' })).toBe(201)
    expect(await invite(admin, { role: 'owner' })).toBe(403)
    expect(await invite(boss, { role: 'owner', days: 1 })).toBe(201)
    expect(await invite(plain, {})).toBe(403)
    expect(await invite(boss, { organizationId: 'x' })).toBe(400)
    expect(await invite(boss, { days: 1_000 })).toBe(400)
  })

  test('a link is shown once, with its maker in the list, and can be revoked', async () => {
    const route = 'GET /api/organizations/[id]/invitations'
    const made = await answerOf(
      'POST /api/organizations/[id]/invitations',
      { params: { id: teamId }, body: { role: 'admin' } },
      boss.ask,
    )
    const { id, url } = JSON.parse(made.body) as { id: string; url: string }
    expect(url).toMatch(/^http:\/\/localhost\/invite\/.+/)
    const listed = await answerOf(route, { params: { id: teamId } }, boss.ask)
    expect(JSON.parse(listed.body)).toMatchObject({
      invitations: [{ id, role: 'admin', createdBy: 'Someone' }],
    })
    expect(listed.body).not.toContain(url.split('/').at(-1))
    await answerOf(
      'DELETE /api/organizations/[id]/invitations/[invitationId]',
      { params: { id: teamId, invitationId: id } },
      boss.ask,
    )
    expect((await answerOf(route, { params: { id: teamId } }, boss.ask)).body).toBe(
      '{"invitations":[]}',
    )
  })

  const files = (ask: Asker) => answerOf('GET /api/file', { params: {} }, ask)

  test('a switch takes the session there and back, and its mark tells', async () => {
    const { id } = await queueFile({ now: () => new Date() }, { ownerId: teamId })
    const put = (organizationId: unknown) =>
      answerOf('PUT /api/account/active', { params: {}, body: { organizationId } }, boss.ask)
    const before = await files(boss.ask)
    expect(before.body).not.toContain(id)
    expect((await put(teamId)).status).toBe(204)
    const there = await files(boss.ask)
    expect(there.body).toContain(id)
    expect(there.headers['x-session']).not.toBe(before.headers['x-session'])
    const stranger = await aTeamOf(await aPerson())
    const refusals = [await put(newId('org')), await put(stranger.ownerId), await put('')]
    expect(refusals[0]!.status).toBe(404)
    for (const refusal of refusals) expect(refusal).toEqual(refusals[0])
    expect(await files(boss.ask)).toEqual(there)
    expect((await put(null)).status).toBe(204)
    expect(await files(boss.ask)).toEqual(before)
    for (const body of [undefined, 5, { id: teamId }]) expect((await put(body)).status).toBe(400)
  })

  test('attack: a page of before a switch neither spends nor deletes for the other owner', async () => {
    const put = (organizationId: unknown) =>
      answerOf('PUT /api/account/active', { params: {}, body: { organizationId } }, boss.ask)
    const mark = (await files(boss.ask)).headers['x-session']!
    const ofPage =
      (given: string): Asker =>
      (path, init = {}) => {
        const headers = new Headers(init.headers)
        headers.set('x-session', given)
        return boss.ask(path, { ...init, headers })
      }
    const start = (ask: Asker) => {
      const body = { prompt: 'a fox', model: 'local-preview' }
      return answerOf('POST /api/generate/video', { params: {}, body }, ask)
    }
    expect((await start(ofPage(mark))).status).toBe(202)
    expect((await put(teamId)).status).toBe(204)
    for (const refused of [
      await start(ofPage(mark)),
      await answerOf('DELETE /api/file', { params: {} }, ofPage(mark)),
    ]) {
      expect(refused.status).toBe(409)
      expect(refused.body).toContain('Reload it')
    }
    const now = (await files(boss.ask)).headers['x-session']!
    for (const ask of [ofPage(now), ofPage('none'), boss.ask])
      expect((await start(ask)).status).toBe(202)
    expect((await put(null)).status).toBe(204)
  })

  test('a member sees all its work, and loses it at once when removed', async () => {
    const { id } = await queueFile({ now: () => new Date() }, { ownerId: teamId })
    const other = await aPerson()
    await join(teamId, other, 'member')
    const asOther = await aSessionWithin(other.caller, teamId)
    expect((await files(asOther)).body).toContain(id)
    const { userId } = other.caller
    await removeMember({ organizationId: teamId, by: boss.caller.userId, userId })
    expect((await files(asOther)).body).not.toContain(id)
    const cancel = 'POST /api/file/[fileId]/cancel'
    expect((await answerOf(cancel, { params: { fileId: id } }, asOther)).status).toBe(404)
    const started = await answerOf(
      'POST /api/generate/video',
      { params: {}, body: { prompt: 'a fox', model: 'local-preview' } },
      asOther,
    )
    const fileId = (JSON.parse(started.body) as { fileId: string }).fileId
    const [row] = await database().select().from(generation).where(eq(generation.id, fileId))
    expect(row!.ownerId).toBe(userId)
    expect((await files(within)).body).not.toContain(fileId)
  })
})

describe('a foreign organization', () => {
  test.each<[string, (id: string) => { headers?: Record<string, string>; query?: string }]>([
    ['header', (id) => ({ headers: { 'x-organization-id': id, 'x-organization': id } })],
    ['header of a proxy', (id) => ({ headers: { 'x-active-organization-id': id, 'x-owner': id } })],
    ['query', (id) => ({ query: `?organizationId=${id}&ownerId=${id}&active=${id}` })],
    [
      'cookie',
      (id) => ({
        headers: {
          'x-cookie': `active_organization=${id}; photofinish.active_organization_id=${id}`,
        },
      }),
    ],
  ])('in a %s changes nothing', async (_where, smuggled) => {
    const [who, boris] = [await aPerson(), await aPerson()]
    const { ownerId: foreign } = await aTeamOf(boris)
    await queueFile({ now: () => new Date() }, { ownerId: foreign })
    const { headers = {}, query = '' } = smuggled(foreign)
    const ask: Asker = (path, init = {}) => {
      const request = who.ask(path, init)
      const { 'x-cookie': more, ...rest } = headers
      for (const [name, value] of Object.entries(rest)) request.headers.set(name, value)
      if (more) request.headers.set('cookie', `${request.headers.get('cookie')}; ${more}`)
      return request
    }
    const plain = await answerOf('GET /api/file', { params: {} }, who.ask)
    expect(await answerOf('GET /api/file', { params: {}, query }, ask)).toEqual(plain)
    expect(await answerOf('GET /api/keys', { params: {}, query }, ask)).toEqual(
      await answerOf('GET /api/keys', { params: {} }, who.ask),
    )
    const started = await answerOf(
      'POST /api/generate/video',
      { params: {}, query, body: { prompt: 'a fox', model: 'local-preview' } },
      ask,
    )
    const { fileId } = JSON.parse(started.body) as { fileId: string }
    const [row] = await database().select().from(generation).where(eq(generation.id, fileId))
    expect(row!.ownerId).toBe(who.caller.userId)
  })

  test('in a body is refused, and not read', async () => {
    const [who, boris] = [await aPerson(), await aPerson()]
    const { ownerId: foreign } = await aTeamOf(boris)
    for (const more of [{ organizationId: foreign }, { ownerId: foreign }, { userId: foreign }])
      for (const [route, body] of [
        ['POST /api/generate/video', { prompt: 'a fox' }],
        ['POST /api/keys', { name: 'k', scopes: ['read'] }],
        ['POST /api/organizations', { name: 'k' }],
      ] as const) {
        const answer = await answerOf(route, { params: {}, body: { ...body, ...more } }, who.ask)
        expect([route, answer.status]).toEqual([route, 400])
      }
  })
})
