import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { member, organization, rateLimit, user } from '#lib/db/auth-schema'
import { database } from '#lib/db/client'
import { invitationLink } from '#lib/db/people-schema'
import { env } from '#lib/env'
import { useDataFolder } from '#lib/http/test-visitor'
import { makeInvitation, revokeInvitation } from '#lib/people/accounts/invitations'
import { removeMember } from '#lib/people/organizations/members'
import { aBrowser } from '../../../tests/support/people/a-browser.ts'
import {
  aPerson,
  askAuth,
  codeOf,
  password,
  signedIn,
} from '../../../tests/support/people/people.ts'
import { manyConnections, withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { POST as signUpRoute } from '../auth/sign-up/email/route.ts'
import { GET } from './[token]/route.ts'
import { POST as acceptRoute } from './[token]/accept/route.ts'

useDataFolder()
withTestDatabase(manyConnections)
beforeEach(async () => {
  await database().delete(rateLimit)
  await database().delete(invitationLink)
})
afterEach(() => {
  Object.assign(env(), { SIGN_UP: 'invite' })
})

let count = 0
const newcomer = () => ({ name: 'Boris', email: `boris-${++count}@example.com`, password })
const signUp = (body: object, browser = aBrowser()) =>
  browser.send(signUpRoute, 'POST', '/api/auth/sign-up/email', { body })
const read = (token: string) =>
  aBrowser().send(GET, 'GET', `/api/invitations/${token}`, { params: { token } })
const accept = (token: string, browser: ReturnType<typeof aBrowser>) =>
  browser.send(acceptRoute, 'POST', `/api/invitations/${token}/accept`, { params: { token } })
const withEmail = async (email: string) =>
  (await database().select().from(user).where(eq(user.email, email)))[0]

async function anInvitation(differences: Partial<Parameters<typeof makeInvitation>[0]> = {}) {
  const { id } = await aPerson('admin')
  return makeInvitation({
    role: 'user',
    organization: null,
    days: 7,
    createdBy: id,
    ...differences,
  })
}

async function anOrganization() {
  const id = `org_${String(++count).padStart(24, '0')}`
  await database().insert(organization).values({ id, name: 'Studio', slug: id })
  return id
}

describe('an invitation', () => {
  test('says what it gives, makes an account, and is used', async () => {
    const { token } = await anInvitation({ role: 'admin' })
    expect(await (await read(token)).json()).toMatchObject({ role: 'admin', organization: null })
    const browser = aBrowser()
    const boris = newcomer()
    expect((await signUp({ ...boris, invitation: token }, browser)).status).toBe(200)
    expect(browser.jar.size).toBe(1)
    expect(await withEmail(boris.email)).toMatchObject({ role: 'admin', isAnonymous: false })
    expect(await codeOf(await read(token))).toBe('link_invalid')
  })

  const intoOrganization = async (createdBy: string) => {
    const organization = { id: await anOrganization(), role: 'member' } as const
    return anInvitation({ organization, createdBy })
  }

  test('of a user into an organization gives no account, and says who can give one', async () => {
    const { id: createdBy } = await aPerson()
    const { token } = await intoOrganization(createdBy)
    expect(await (await read(token)).json()).toMatchObject({ givesAccount: false })
    const boris = newcomer()
    const answer = await signUp({ ...boris, invitation: token })
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({
      code: 'sign_up_closed',
      detail: expect.stringContaining('ask the owner or an admin of this studio'),
    })
    expect(await withEmail(boris.email)).toBeUndefined()
    // It is still there for one who has an account.
    expect((await accept(token, await signedIn(await aPerson()))).status).toBe(200)
  })

  test.each([
    ['open', 'user', true],
    ['invite', 'admin', true],
    ['invite', 'owner', true],
    ['off', 'owner', false],
  ] as const)(
    'SIGN_UP=%s: of one who is %s gives an account: %s',
    async (signUpIs, role, gives) => {
      Object.assign(env(), { SIGN_UP: signUpIs })
      const { token } = await intoOrganization((await aPerson(role)).id)
      expect(await (await read(token)).json()).toMatchObject({ givesAccount: gives })
      expect((await signUp({ ...newcomer(), invitation: token })).status).toBe(gives ? 200 : 403)
    },
  )

  test('attack: of an admin who is demoted in the moment of the sign-up gives none', async () => {
    const inviter = await aPerson('admin')
    const { token } = await intoOrganization(inviter.id)
    const boris = newcomer()
    // The sign-up has looked at the invitation, and hashes the password meanwhile.
    const answer = signUp({ ...boris, invitation: token })
    await database().update(user).set({ role: 'user' }).where(eq(user.id, inviter.id))
    const gave = (await answer).status === 200
    expect((await withEmail(boris.email)) !== undefined).toBe(gave)
    expect(await codeOf(await signUp({ ...newcomer(), invitation: token }))).toBe(
      gave ? 'link_invalid' : 'sign_up_closed',
    )
  })

  test('attack: taken while its maker is removed is taken or revoked, and nothing fails', async () => {
    const [owner, inviter] = [await aPerson(), await aPerson()]
    const taker = await signedIn(await aPerson())
    for (let round = 0; round < 12; round++) {
      const id = await anOrganization()
      const rows = [
        { id: `o${id}`, organizationId: id, userId: owner.id, role: 'owner' },
        { id: `i${id}`, organizationId: id, userId: inviter.id, role: 'admin' },
      ]
      await database().insert(member).values(rows)
      const organization = { id, role: 'member' } as const
      const { token } = await anInvitation({ organization, createdBy: inviter.id })
      const [answer] = await Promise.all([
        accept(token, taker),
        removeMember({ organizationId: id, by: owner.id, userId: inviter.id }),
      ])
      expect([200, 404]).toContain(answer.status)
      const members = await database().$count(member, eq(member.organizationId, id))
      expect(members).toBe(answer.status === 200 ? 2 : 1)
    }
  })

  test('leads into an organization, for a newcomer and for an account', async () => {
    const id = await anOrganization()
    const into = { organization: { id, role: 'admin' } } as const
    const [first, second] = [await anInvitation(into), await anInvitation(into)]
    await signUp({ ...newcomer(), invitation: first.token })
    const person = await aPerson()
    const answer = await accept(second.token, await signedIn(person))
    expect(answer.status).toBe(200)
    const members = await database().select().from(member).where(eq(member.organizationId, id))
    expect(members.map(({ role }) => role)).toEqual(['admin', 'admin'])
    expect(members.map(({ userId }) => userId)).toContain(person.id)
  })

  test('taken by a member leaves its role as it is', async () => {
    const id = await anOrganization()
    const person = await aPerson()
    await database()
      .insert(member)
      .values({ id: 'm', organizationId: id, userId: person.id, role: 'owner' })
    const { token } = await anInvitation({ organization: { id, role: 'member' } })
    await accept(token, await signedIn(person))
    const members = await database().select().from(member).where(eq(member.organizationId, id))
    expect(members.map(({ role }) => role)).toEqual(['owner'])
  })

  test('attack: used twice, by twenty at once', async () => {
    const { token } = await anInvitation()
    const all = Array.from({ length: 20 }, () => signUp({ ...newcomer(), invitation: token }))
    const statuses = (await Promise.all(all)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(statuses.filter((status) => status === 404)).toHaveLength(19)
  })

  test('attack: used by a newcomer and an account at once', async () => {
    const { token } = await anInvitation()
    const browser = await signedIn(await aPerson())
    const answers = await Promise.all([
      signUp({ ...newcomer(), invitation: token }),
      accept(token, browser),
    ])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 404])
  })

  test('attack: wrong, used, expired, revoked, or of one who may invite no more: all answer alike', async () => {
    const [used, expired, revoked, ofBlocked] = [
      await anInvitation(),
      await anInvitation(),
      await anInvitation(),
      await anInvitation({ createdBy: (await aPerson('admin')).id }),
    ] as const
    await signUp({ ...newcomer(), invitation: used.token })
    await database()
      .update(invitationLink)
      .set({ expiresAt: new Date(Date.now() - 1) })
      .where(eq(invitationLink.id, expired.id))
    expect(await revokeInvitation(revoked.id)).toBe(true)
    const [link] = await database()
      .select()
      .from(invitationLink)
      .where(eq(invitationLink.id, ofBlocked.id))
    await database().update(user).set({ banned: true }).where(eq(user.id, link!.createdBy))
    const { id: demotedId } = await aPerson('admin')
    const ofDemoted = await anInvitation({ createdBy: demotedId })
    await database().update(user).set({ role: 'user' }).where(eq(user.id, demotedId))
    const browser = await signedIn(await aPerson())
    const answers = new Set<string>()
    const all = [used, expired, revoked, ofBlocked, ofDemoted].map(({ token }) => token)
    for (const token of ['made-up', ...all]) {
      const three = [
        await read(token),
        await signUp({ ...newcomer(), invitation: token }),
        await accept(token, browser),
      ]
      for (const answer of three) {
        const { traceId: _, ...body } = (await answer.json()) as { traceId: string }
        answers.add(JSON.stringify([answer.status, body]))
      }
    }
    expect([...answers]).toEqual([expect.stringContaining('link_invalid')])
  })

  test('attack: a role or an organization in the body', async () => {
    const { token } = await anInvitation()
    const boris = newcomer()
    const more = { role: 'owner', organizationId: await anOrganization(), emailVerified: true }
    await signUp({ ...boris, ...more, id: 'chosen', invitation: token })
    const made = await withEmail(boris.email)
    expect(made).toMatchObject({ role: 'user', emailVerified: false })
    expect(made!.id).not.toBe('chosen')
    expect(await database().$count(member, eq(member.userId, made!.id))).toBe(0)
  })

  test('attack: an admin’s invitation makes no admin of the owner, and the owner stays', async () => {
    const owner = await aPerson('owner')
    const { token } = await anInvitation({ role: 'admin' })
    await accept(token, await signedIn(owner))
    expect(await withEmail(owner.email)).toMatchObject({ role: 'owner' })
  })

  test('attack: a visitor and a stranger without a session cannot take one', async () => {
    const { token } = await anInvitation()
    expect(await codeOf(await accept(token, aBrowser()))).toBe('sign_in_required')
    expect((await read(token)).status).toBe(200)
  })

  test('is not used up by a sign-up that fails', async () => {
    const { token } = await anInvitation()
    const taken = await aPerson()
    const answer = await signUp({ ...newcomer(), email: taken.email, invitation: token })
    expect(await codeOf(answer)).toBe('email_taken')
    expect(await codeOf(await signUp({ ...newcomer(), password: 'x', invitation: token }))).toBe(
      'invalid_input',
    )
    expect((await read(token)).status).toBe(200)
  })

  test('is kept as a hash alone', async () => {
    const { token } = await anInvitation()
    expect(token).toMatch(/^[\w-]{43}$/)
    expect(JSON.stringify(await database().select().from(invitationLink))).not.toContain(token)
  })

  test('attack: guessing is limited by address', async () => {
    let refused = 0
    for (let index = 0; index < 63; index++)
      if ((await read(`guess-${index}`)).status === 429) refused++
    expect(refused).toBe(3)
  })
})

describe('SIGN_UP', () => {
  test('invite: without an invitation none, and nothing is told of addresses', async () => {
    const { email } = await aPerson()
    for (const address of [email, 'new@example.com']) {
      const answer = await signUp({ ...newcomer(), email: address })
      expect([answer.status, await codeOf(answer)]).toEqual([403, 'sign_up_closed'])
    }
  })

  test('off: none, also not with an invitation; accounts still take them', async () => {
    Object.assign(env(), { SIGN_UP: 'off' })
    const { token } = await anInvitation()
    expect(await codeOf(await signUp({ ...newcomer(), invitation: token }))).toBe('sign_up_closed')
    expect((await accept(token, await signedIn(await aPerson()))).status).toBe(200)
  })

  test('open: for anyone, with no role', async () => {
    Object.assign(env(), { SIGN_UP: 'open' })
    const boris = newcomer()
    const browser = aBrowser()
    const answer = await signUp(
      { ...boris, email: ` ${boris.email.toUpperCase()}`, role: 'admin' },
      browser,
    )
    expect(answer.status).toBe(200)
    expect(await withEmail(boris.email)).toMatchObject({ role: 'user' })
    expect((await askAuth(browser, 'GET', 'list-sessions')).status).toBe(200)
    expect(await codeOf(await signUp(boris))).toBe('email_taken')
  })

  test('open: of twenty with one address at once, one is made', async () => {
    Object.assign(env(), { SIGN_UP: 'open' })
    const boris = newcomer()
    const answers = await Promise.all(Array.from({ length: 20 }, () => signUp(boris)))
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(statuses.filter((status) => status === 409)).toHaveLength(19)
  })

  test.each([
    ['a short password', { password: 'ninechars' }],
    ['a long password', { password: 'x'.repeat(129) }],
    ['no password', { password: undefined }],
    ['no address', { email: 'boris' }],
    ['a list of addresses', { email: ['a@example.com'] }],
    ['no name', { name: '' }],
    ['a name of invisible characters', { name: '\u200b\u2060' }],
    ['a long name', { name: 'x'.repeat(101) }],
  ])('attack: %s', async (_name, wrong) => {
    Object.assign(env(), { SIGN_UP: 'open' })
    expect(await codeOf(await signUp({ ...newcomer(), ...wrong }))).toBe('invalid_input')
  })

  test('a password of 10 and of 128 characters, however they are composed', async () => {
    Object.assign(env(), { SIGN_UP: 'open' })
    for (const given of ['é'.normalize('NFD').repeat(10), '🎬'.repeat(128)])
      expect((await signUp({ ...newcomer(), password: given })).status).toBe(200)
    const nine = 'é'.normalize('NFD').repeat(9)
    expect(await codeOf(await signUp({ ...newcomer(), password: nine }))).toBe('invalid_input')
  })
})
