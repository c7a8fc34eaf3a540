import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { InvitationView, PeoplePage } from '#lib/contract/people/admin'
import { rateLimit, session, user } from '#lib/db/auth-schema'
import { database } from '#lib/db/client'
import { findGeneration } from '#lib/generations/queries'
import { useDataFolder } from '#lib/http/test-visitor'
import { newId } from '#lib/ids'
import { startQueue, stopQueue } from '#lib/jobs/queue'
import { forgetProcessWide } from '#lib/process-wide'
import { aBrowser, type Browser } from '../../../../tests/support/people/a-browser.ts'
import {
  aPerson,
  askAuth,
  codeOf,
  password,
  signedIn,
} from '../../../../tests/support/people/people.ts'
import { queueFile, testGeneration } from '../../../../tests/support/generations/test-generation.ts'
import { withTestDatabase } from '../../../../tests/support/database/test-database.ts'
import { POST as resetRoute } from '../../auth/reset-password/route.ts'
import * as accountRoute from '../../account/route.ts'
import * as sessionsRoute from '../../account/sessions/route.ts'
import * as sessionRoute from '../../account/sessions/[id]/route.ts'
import * as invitationsRoute from '../invitations/route.ts'
import * as invitationRoute from '../invitations/[id]/route.ts'
import { POST as actRoute } from './[id]/[action]/route.ts'
import { GET, POST } from './route.ts'

useDataFolder()
withTestDatabase()
const bed = testGeneration([])
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))
afterAll(() => bed.dispose())
beforeEach(async () => {
  await database().delete(user)
  await database().delete(rateLimit)
  forgetProcessWide('remembered sessions')
})

const act = (browser: Browser, id: string, action: string, body: object = {}) =>
  browser.send(actRoute, 'POST', `/api/admin/people/${id}/${action}`, {
    params: { id, action },
    body,
  })
const list = async (browser: Browser, query = '') =>
  (await browser.send(GET, 'GET', `/api/admin/people${query}`)).json() as Promise<PeoplePage>
const add = (browser: Browser, body: object) =>
  browser.send(POST, 'POST', '/api/admin/people', { body })
const kept = async (id: string) => (await database().select().from(user).where(eq(user.id, id)))[0]!

async function everyone() {
  const people = {
    owner: await aPerson('owner'),
    admin: await aPerson('admin'),
    otherAdmin: await aPerson('admin'),
    user: await aPerson(),
    victim: await aPerson(),
  }
  const browsers = {
    owner: await signedIn(people.owner),
    admin: await signedIn(people.admin),
    user: await signedIn(people.user),
  }
  return { people, browsers }
}

describe('who may administer', () => {
  test('attack: a user, a visitor and one without a session reach nothing', async () => {
    const { people, browsers } = await everyone()
    const { id } = people.victim
    for (const [browser, code] of [
      [browsers.user, 'forbidden'],
      [aBrowser(), 'sign_in_required'],
    ] as const) {
      const answers = [
        await browser.send(GET, 'GET', '/api/admin/people'),
        await add(browser, { name: 'Eve', email: 'eve@example.com' }),
        ...(await Promise.all(
          ['role', 'ban', 'unban', 'reset-link', 'revoke-sessions', 'nonsense'].map((action) =>
            act(browser, id, action, { role: 'admin' }),
          ),
        )),
        await browser.send(invitationsRoute.GET, 'GET', '/api/admin/invitations'),
        await browser.send(invitationsRoute.POST, 'POST', '/api/admin/invitations', {
          body: { role: 'user', days: 1 },
        }),
        await browser.send(invitationRoute.DELETE, 'DELETE', '/api/admin/invitations/x', {
          params: { id: 'x' },
        }),
      ]
      for (const answer of answers) expect(await codeOf(answer)).toBe(code)
    }
    expect(await kept(id)).toMatchObject({ role: 'user', banned: false })
  })

  test('attack: a role that was taken away ends at once, whatever a session remembers', async () => {
    const { people, browsers } = await everyone()
    expect((await list(browsers.admin)).people).toHaveLength(5)
    expect((await act(browsers.owner, people.admin.id, 'role', { role: 'user' })).status).toBe(200)
    const answer = await browsers.admin.send(GET, 'GET', '/api/admin/people')
    expect(await codeOf(answer)).toBe('forbidden')
  })

  test.each([
    ['owner', 'owner', 'forbidden'],
    ['owner', 'admin', 200],
    ['owner', 'victim', 200],
    ['admin', 'owner', 'forbidden'],
    ['admin', 'otherAdmin', 'forbidden'],
    ['admin', 'admin', 'forbidden'],
    ['admin', 'victim', 200],
  ] as const)('attack: the %s and the %s', async (by, to, outcome) => {
    const { people, browsers } = await everyone()
    const { id } = people[to]
    for (const action of ['ban', 'unban', 'reset-link', 'revoke-sessions']) {
      const answer = await act(browsers[by], id, action)
      if (outcome === 200) expect(answer.status).toBe(200)
      else expect(await codeOf(answer)).toBe(outcome)
    }
  })

  test('the owner alone makes and unmakes admins, and is none to be made', async () => {
    const { people, browsers } = await everyone()
    const { victim, otherAdmin, owner } = people
    const change = (browser: Browser, id: string, role: string) =>
      act(browser, id, 'role', { role })
    expect(await codeOf(await change(browsers.admin, victim.id, 'admin'))).toBe('forbidden')
    expect(await codeOf(await change(browsers.admin, otherAdmin.id, 'user'))).toBe('forbidden')
    expect(await codeOf(await change(browsers.owner, owner.id, 'user'))).toBe('forbidden')
    expect(await codeOf(await change(browsers.owner, victim.id, 'owner'))).toBe('invalid_input')
    expect((await change(browsers.owner, victim.id, 'admin')).status).toBe(200)
    expect(await kept(victim.id)).toMatchObject({ role: 'admin' })
    const add2 = await add(browsers.admin, { name: 'E', email: 'e@example.com', role: 'admin' })
    expect(await codeOf(add2)).toBe('forbidden')
    const invited = await browsers.admin.send(
      invitationsRoute.POST,
      'POST',
      '/api/admin/invitations',
      { body: { role: 'admin', days: 7 } },
    )
    expect(await codeOf(invited)).toBe('forbidden')
  })

  test('attack: a visitor’s account and a made-up id are not there', async () => {
    const { browsers } = await everyone()
    await database()
      .insert(user)
      .values({ id: 'visitor', name: '', email: 'v@x', isAnonymous: true })
    for (const id of ['visitor', 'made-up'])
      expect(await codeOf(await act(browsers.owner, id, 'ban'))).toBe('not_found')
  })
})

describe('what an admin does', () => {
  test('a block ends every session, and keeps out', async () => {
    const { people, browsers } = await everyone()
    const { victim } = people
    const browser = await signedIn(victim)
    await act(browsers.admin, victim.id, 'ban')
    expect(await database().$count(session, eq(session.userId, victim.id))).toBe(0)
    expect(await codeOf(await askAuth(browser, 'GET', 'list-sessions'))).toBe('sign_in_required')
    const body = { email: victim.email, password }
    const again = await askAuth(aBrowser(), 'POST', 'sign-in/email', body)
    expect(await codeOf(again)).toBe('account_blocked')
    await act(browsers.admin, victim.id, 'unban')
    await signedIn(victim)
  })

  test('a block cancels what the account has in the queue, and nothing of an organization', async () => {
    const { people, browsers } = await everyone()
    const id = people.victim.id
    const own = await queueFile(bed, { ownerId: id })
    const theirs = await queueFile(bed, { ownerId: newId('org'), startedBy: id })
    expect((await act(browsers.admin, id, 'ban')).status).toBe(200)
    expect((await findGeneration(own.id))!.state).toBe('canceled')
    expect((await findGeneration(theirs.id))!.state).toBe('queued')
  })

  test('an account is made without a password, and its link sets one', async () => {
    const { browsers } = await everyone()
    const answer = await add(browsers.admin, { name: 'Vera', email: 'Vera@example.com' })
    expect(answer.status).toBe(201)
    const { url } = (await answer.json()) as { url: string }
    expect(url).toMatch(/^http:\/\/localhost\/reset\?token=[\w-]{43}$/)
    const token = new URL(url).searchParams.get('token')
    await aBrowser().send(resetRoute, 'POST', '/api/auth/reset-password', {
      body: { token, newPassword: 'the password of Vera' },
    })
    await signedIn({ email: 'vera@example.com', password: 'the password of Vera' })
    const again = await add(browsers.admin, { name: 'V', email: 'vera@example.com' })
    expect(await codeOf(again)).toBe('email_taken')
  })

  test('a link for a new password', async () => {
    const { people, browsers } = await everyone()
    const answer = await act(browsers.admin, people.victim.id, 'reset-link')
    expect(await answer.json()).toEqual({ url: expect.stringMatching(/\/reset\?token=/) as string })
  })

  test('invitations are made, listed and revoked', async () => {
    const { browsers } = await everyone()
    const made = await browsers.owner.send(
      invitationsRoute.POST,
      'POST',
      '/api/admin/invitations',
      { body: { role: 'admin', days: 3 } },
    )
    const { id, url } = (await made.json()) as { id: string; url: string }
    expect(url).toMatch(/^http:\/\/localhost\/invite\/[\w-]{43}$/)
    const all = async () => {
      const answer = await browsers.admin.send(
        invitationsRoute.GET,
        'GET',
        '/api/admin/invitations',
      )
      return ((await answer.json()) as { invitations: InvitationView[] }).invitations
    }
    expect(await all()).toMatchObject([{ id, role: 'admin', state: 'open' }])
    expect(JSON.stringify(await all())).not.toContain(url.split('/').at(-1))
    const revoke = () =>
      browsers.admin.send(invitationRoute.DELETE, 'DELETE', `/api/admin/invitations/${id}`, {
        params: { id },
      })
    expect((await revoke()).status).toBe(204)
    expect(await all()).toMatchObject([{ id, state: 'revoked' }])
  })

  test.each([{ days: 0 }, { days: 91 }, { days: 1.5 }, { days: '7' }, { role: 'owner' }])(
    'attack: an invitation with %j',
    async (body) => {
      const { browsers } = await everyone()
      const answer = await browsers.owner.send(
        invitationsRoute.POST,
        'POST',
        '/api/admin/invitations',
        { body },
      )
      expect(await codeOf(answer)).toBe('invalid_input')
    },
  )
})

describe('the list', () => {
  async function many() {
    const owner = await aPerson('owner')
    const values = Array.from({ length: 120 }, (_, index) => ({
      id: `u${index}`,
      name: index % 2 ? `Odd ${index}` : `Even_${index}`,
      email: `mail-${index}@example.com`,
      isAnonymous: false,
      createdAt: new Date(Date.UTC(2020, 0, 1, 0, 0, Math.floor(index / 3))),
    }))
    await database().insert(user).values(values)
    await database()
      .insert(user)
      .values({ id: 'visitor', name: 'Odd visitor', email: 'visitor@x', isAnonymous: true })
    return signedIn(owner)
  }

  test('pages through all accounts once, newest first, without visitors', async () => {
    const browser = await many()
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const query: string = cursor ? `?cursor=${cursor}` : ''
      const page = await list(browser, query)
      seen.push(...page.people.map(({ id }) => id))
      cursor = page.nextCursor
    }
    expect(seen).toHaveLength(121)
    expect(new Set(seen).size).toBe(121)
    expect(seen[1]).toBe('u119')
    expect(seen).not.toContain('visitor')
  })

  test('is searched by name and address, literally', async () => {
    const browser = await many()
    const names = async (text: string) =>
      (await list(browser, `?search=${encodeURIComponent(text)}`)).people.map(({ name }) => name)
    expect(await names(' ODD 11 ')).toEqual([
      'Odd 119',
      'Odd 117',
      'Odd 115',
      'Odd 113',
      'Odd 111',
      'Odd 11',
    ])
    expect(await names('MAIL-7@')).toEqual(['Odd 7'])
    expect(await names('n_11')).toEqual([
      'Even_118',
      'Even_116',
      'Even_114',
      'Even_112',
      'Even_110',
    ])
    expect(await names('%')).toEqual([])
    expect(await names('\'; drop table "user"; --')).toEqual([])
  })

  test('attack: a cursor that is none', async () => {
    const browser = await many()
    const wrong = Buffer.from('9999-99-99 99:99:99+00|x').toString('base64url')
    const answer = await browser.send(GET, 'GET', `/api/admin/people?cursor=${wrong}`)
    expect(await codeOf(answer)).toBe('invalid_input')
    expect((await list(browser, '?cursor=nonsense')).people).toHaveLength(50)
  })
})

describe('one’s own account', () => {
  const view = async (browser: Browser) =>
    (await browser.send(accountRoute.GET, 'GET', '/api/account')).json()

  test('is shown, and a visitor’s too, without giving a session', async () => {
    const { people, browsers } = await everyone()
    expect(await view(browsers.admin)).toMatchObject({
      user: { id: people.admin.id, role: 'admin', hasPassword: true, passkeys: 0 },
      needsSetup: false,
      active: { kind: 'user', id: people.admin.id },
      organizations: [],
    })
    const stranger = aBrowser()
    expect(await view(stranger)).toMatchObject({
      user: null,
      signUp: 'invite',
      ways: { password: true, passkey: true, oidc: null },
      active: { kind: 'user', id: null, name: '' },
    })
    expect(stranger.jar.size).toBe(0)
    await database().delete(user)
    expect(await view(stranger)).toMatchObject({ needsSetup: true })
  })

  test('its sessions are listed and ended one by one; a stranger’s is not there', async () => {
    const { people, browsers } = await everyone()
    await signedIn(people.user)
    const all = async (browser: Browser) => {
      const answer = await browser.send(sessionsRoute.GET, 'GET', '/api/account/sessions')
      return ((await answer.json()) as { sessions: { id: string; isCurrent: boolean }[] }).sessions
    }
    const own = await all(browsers.user)
    expect(own.filter(({ isCurrent }) => isCurrent)).toHaveLength(1)
    expect(own).toHaveLength(2)
    const end = (browser: Browser, id: string) =>
      browser.send(sessionRoute.DELETE, 'DELETE', `/api/account/sessions/${id}`, { params: { id } })
    expect(await codeOf(await end(browsers.admin, own[0]!.id))).toBe('not_found')
    const other = own.find(({ isCurrent }) => !isCurrent)!
    expect((await end(browsers.user, other.id)).status).toBe(204)
    expect(await all(browsers.user)).toHaveLength(1)
    expect(JSON.stringify(own)).not.toContain('token')
  })
})
