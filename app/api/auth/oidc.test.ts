import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { account, member, organization, rateLimit, user } from '#lib/db/auth-schema'
import { database } from '#lib/db/client'
import { invitationLink } from '#lib/db/people-schema'
import { env } from '#lib/env'
import { useDataFolder } from '#lib/http/test-visitor'
import { authAddress } from '#lib/people/auth'
import { makeInvitation } from '#lib/people/accounts/invitations'
import { forgetProcessWide } from '#lib/process-wide'
import { type Browser, aBrowser } from '../../../tests/support/people/a-browser.ts'
import { aPerson, askAuth, codeOf, signedIn } from '../../../tests/support/people/people.ts'
import {
  type Claims,
  oidcClient,
  passProvider,
  runOidc,
} from '../../../tests/support/people/run-oidc.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'

useDataFolder()
withTestDatabase()

let oidc: Awaited<ReturnType<typeof runOidc>>
beforeAll(async () => {
  oidc = await runOidc(`${authAddress()}/callback/oidc`)
})
afterAll(() => oidc.close())
beforeEach(async () => {
  const { id, secret } = oidcClient
  Object.assign(env(), {
    OIDC_ISSUER: oidc.issuer,
    OIDC_CLIENT_ID: id,
    OIDC_CLIENT_SECRET: secret,
    SIGN_UP: 'open',
  })
  const asItIs = (one: unknown) => one
  Object.assign(oidc.provided, { person: aClaim(), tamper: asItIs, tell: asItIs })
  await database().delete(rateLimit)
})

let count = 0
const aClaim = (differences: Partial<Claims> = {}): Claims => {
  const sub = `subject-${++count}`
  return { sub, email: `${sub}@example.com`, email_verified: true, name: 'Olga', ...differences }
}

const begin = async (browser: Browser, more: object = {}) => {
  const body = { provider: 'oidc', callbackURL: '/library', errorCallbackURL: '/sign-in', ...more }
  const answer = await askAuth(browser, 'POST', 'sign-in/social', body)
  return ((await answer.json()) as { url: string }).url
}
const comeBack = (browser: Browser, back: URL) =>
  askAuth(browser, 'GET', `callback/oidc${back.search}`)
async function signInByOidc(browser: Browser, more: object = {}) {
  return comeBack(browser, await passProvider(await begin(browser, more)))
}
const goesTo = (answer: Response) => answer.headers.get('location')
const hasSession = ({ jar }: Browser) =>
  [...jar.keys()].some((name) => name.endsWith('session_token'))
const withEmail = (email: string) => database().select().from(user).where(eq(user.email, email))

describe('signing in at an OIDC provider', () => {
  test('makes an account at first, and finds it again', async () => {
    const { email } = (oidc.provided.person = aClaim())
    for (const browser of [aBrowser(), aBrowser()]) {
      expect(goesTo(await signInByOidc(browser))).toBe('/library')
      expect(hasSession(browser)).toBe(true)
    }
    const found = await withEmail(email!)
    expect(found).toMatchObject([{ name: 'Olga', role: 'user', emailVerified: true }])
    const kept = await database().select().from(account).where(eq(account.userId, found[0]!.id))
    // None of the provider's tokens is kept.
    expect(kept).toMatchObject([{ accessToken: null, refreshToken: null, idToken: null }])
  })

  test('goes by the subject: another e-mail address of it is the same account', async () => {
    const person = aClaim()
    oidc.provided.person = person
    await signInByOidc(aBrowser())
    oidc.provided.person = { ...person, email: 'another@example.com' }
    await signInByOidc(aBrowser())
    expect(await withEmail('another@example.com')).toEqual([])
  })

  test('the name it tells is kept as names are: plain, on one line, not endless', async () => {
    const names: [told: unknown, kept: string][] = [
      [`Olga\u202E\u0007 \n Petrova`, 'Olga Petrova'],
      ['x'.repeat(5_000), 'x'.repeat(100)],
    ]
    for (const [told, name] of names) {
      const { email } = (oidc.provided.person = aClaim({ name: told as string }))
      await signInByOidc(aBrowser())
      expect(await withEmail(email!)).toMatchObject([{ name }])
    }
    const { email } = (oidc.provided.person = aClaim({ name: '\u200B\u2060 ' }))
    await signInByOidc(aBrowser())
    expect(await withEmail(email!)).toMatchObject([{ name: email }])
  })

  test('SIGN_UP=invite: not without an invitation, and with one by its role, once', async () => {
    Object.assign(env(), { SIGN_UP: 'invite' })
    const browser = aBrowser()
    expect(goesTo(await signInByOidc(browser))).toBe('/sign-in?error=sign_up_closed')
    expect(hasSession(browser)).toBe(false)
    const { id } = await aPerson('admin')
    const organizationId = `org_${'0'.repeat(24)}`
    await database()
      .insert(organization)
      .values({ id: organizationId, name: 'Studio', slug: organizationId })
    const { token } = await makeInvitation({
      role: 'admin',
      organization: { id: organizationId, role: 'member' },
      days: 1,
      createdBy: id,
    })
    const { email } = (oidc.provided.person = aClaim())
    expect(goesTo(await signInByOidc(aBrowser(), { invitation: token }))).toBe('/library')
    const [made] = await withEmail(email!)
    expect(made).toMatchObject({ role: 'admin' })
    expect(await database().select().from(member)).toMatchObject([{ userId: made!.id }])
    const [link] = await database().select().from(invitationLink)
    expect(link).toMatchObject({ usedBy: made!.id })
    oidc.provided.person = aClaim()
    const again = await signInByOidc(aBrowser(), { invitation: token })
    expect(goesTo(again)).toBe('/sign-in?error=link_invalid')
  })

  test('SIGN_UP=invite: an invitation of a user into an organization makes no account', async () => {
    Object.assign(env(), { SIGN_UP: 'invite' })
    const id = `org_${'1'.repeat(24)}`
    await database().insert(organization).values({ id, name: 'Club', slug: id })
    const { token } = await makeInvitation({
      role: 'user',
      organization: { id, role: 'member' },
      days: 1,
      createdBy: (await aPerson()).id,
    })
    const { email } = (oidc.provided.person = aClaim())
    const answer = await signInByOidc(aBrowser(), { invitation: token })
    expect(goesTo(answer)).toBe('/sign-in?error=sign_up_closed')
    expect(await withEmail(email!)).toEqual([])
    const isIt = eq(invitationLink.organizationId, id)
    expect(await database().select().from(invitationLink).where(isIt)).toMatchObject([
      { usedAt: null },
    ])
  })

  test('attack: of two at once with one invitation, one account is made', async () => {
    Object.assign(env(), { SIGN_UP: 'invite' })
    const { id } = await aPerson('admin')
    const { token } = await makeInvitation({
      role: 'user',
      organization: null,
      days: 1,
      createdBy: id,
    })
    const before = await database().$count(user)
    const flows = []
    for (const browser of [aBrowser(), aBrowser()]) {
      oidc.provided.person = aClaim()
      const back = await passProvider(await begin(browser, { invitation: token }))
      flows.push(comeBack(browser, back))
      await flows[0]
    }
    const targets = (await Promise.all(flows)).map(goesTo)
    expect(new Set(targets)).toEqual(new Set(['/library', '/sign-in?error=link_invalid']))
    expect(await database().$count(user)).toBe(before + 1)
  })

  test('SIGN_UP=off: those that are there still come in', async () => {
    await signInByOidc(aBrowser())
    Object.assign(env(), { SIGN_UP: 'off' })
    expect(goesTo(await signInByOidc(aBrowser()))).toBe('/library')
    oidc.provided.person = aClaim()
    expect(goesTo(await signInByOidc(aBrowser()))).toBe('/sign-in?error=sign_up_closed')
  })

  test.each([false, true, 'false', undefined])(
    'attack: an e-mail address that is verified: %j never opens a password’s account by itself',
    async (verified) => {
      const person = await aPerson()
      oidc.provided.person = aClaim({ email: person.email, email_verified: verified })
      const browser = aBrowser()
      expect(goesTo(await signInByOidc(browser))).toBe('/sign-in?error=account_not_linked')
      expect(hasSession(browser)).toBe(false)
      expect(await database().$count(account, eq(account.userId, person.id))).toBe(1)
    },
  )

  test('attack: another spelling of an address is no other account, and what is none makes none', async () => {
    const person = await aPerson()
    for (const email of [person.email.toUpperCase(), ` ${person.email}`, `${person.email}\n`]) {
      oidc.provided.person = aClaim({ email })
      expect(goesTo(await signInByOidc(aBrowser()))).toBe('/sign-in?error=account_not_linked')
    }
    for (const email of ['no address', `a@example.com, ${person.email}`, `<${person.email}>`]) {
      oidc.provided.person = aClaim({ email })
      expect(goesTo(await signInByOidc(aBrowser()))).toBe('/sign-in?error=email_not_found')
    }
  })

  test('attack: “verified” in words of the provider is no proof', async () => {
    const { email } = (oidc.provided.person = aClaim({ email_verified: 'false' }))
    await signInByOidc(aBrowser())
    expect(await withEmail(email!)).toMatchObject([{ emailVerified: false }])
  })

  test('is added to an account by the account itself', async () => {
    const person = await aPerson()
    const claim = (oidc.provided.person = aClaim({ email: person.email }))
    const browser = await signedIn(person)
    const body = { provider: 'oidc', callbackURL: '/account', errorCallbackURL: '/account' }
    const begun = await askAuth(browser, 'POST', 'link-social', body)
    const { url } = (await begun.json()) as { url: string }
    expect(goesTo(await comeBack(browser, await passProvider(url)))).toBe('/account')
    oidc.provided.person = claim
    expect(goesTo(await signInByOidc(aBrowser()))).toBe('/library')
  })

  test('attack: a blocked account', async () => {
    const { email } = (oidc.provided.person = aClaim())
    await signInByOidc(aBrowser())
    await database().update(user).set({ banned: true }).where(eq(user.email, email!))
    const browser = aBrowser()
    const answer = await signInByOidc(browser)
    expect(goesTo(answer)).toBe('/sign-in?error=account_blocked')
    expect(hasSession(browser)).toBe(false)
  })
})

describe('attacks on the way', () => {
  test('attack: a state that is used again', async () => {
    const browser = aBrowser()
    const back = await passProvider(await begin(browser))
    const jar = new Map(browser.jar)
    expect(goesTo(await comeBack(browser, back))).toBe('/library')
    const thief = aBrowser()
    for (const [name, value] of jar) thief.jar.set(name, value)
    expect(goesTo(await comeBack(thief, back))).toMatch(/error=state_mismatch$/)
    expect(hasSession(thief)).toBe(false)
  })

  test('attack: a state of another browser, a made-up one, or none', async () => {
    const back = await passProvider(await begin(aBrowser()))
    const victim = aBrowser()
    await begin(victim)
    expect(goesTo(await comeBack(victim, back))).toMatch(/error=state_mismatch$/)
    for (const state of ['made-up', '']) {
      const url = new URL(back)
      url.searchParams.set('state', state)
      expect(goesTo(await comeBack(victim, url))).toMatch(/error=state_\w+$/)
    }
    expect(hasSession(victim)).toBe(false)
  })

  test('attack: an ID token of another sign-in: its nonce is another', async () => {
    let kept: string | undefined
    oidc.provided.tamper = (tokens) => {
      kept ??= tokens.id_token
      return { ...tokens, id_token: kept }
    }
    expect(goesTo(await signInByOidc(aBrowser()))).toBe('/library')
    const browser = aBrowser()
    expect(goesTo(await signInByOidc(browser))).toMatch(/error=unable_to_get_user_info$/)
    expect(hasSession(browser)).toBe(false)
  })

  test.each(['iss', 'aud', 'sub', 'nonce'])(
    'attack: an ID token with another %s',
    async (claim) => {
      oidc.provided.tamper = (tokens) => {
        const [head, body, signature] = tokens.id_token.split('.')
        const claims = JSON.parse(Buffer.from(body!, 'base64url').toString()) as object
        const changed = JSON.stringify({ ...claims, [claim]: 'http://evil.example' })
        const id_token = [head, Buffer.from(changed).toString('base64url'), signature].join('.')
        return { ...tokens, id_token }
      }
      const browser = aBrowser()
      expect(goesTo(await signInByOidc(browser))).toMatch(/error=unable_to_get_user_info$/)
      expect(hasSession(browser)).toBe(false)
    },
  )

  test('attack: no ID token at all', async () => {
    oidc.provided.tamper = (tokens) => ({ ...tokens, id_token: '' })
    const browser = aBrowser()
    expect(goesTo(await signInByOidc(browser))).toMatch(/error=unable_to_get_user_info$/)
    expect(hasSession(browser)).toBe(false)
  })

  test('attack: what the provider tells of a person is about another than its ID token', async () => {
    oidc.provided.tell = (claims) => ({ ...claims, sub: 'another' })
    const browser = aBrowser()
    expect(goesTo(await signInByOidc(browser))).toMatch(/error=unable_to_get_user_info$/)
    expect(hasSession(browser)).toBe(false)
  })

  test('attack: words of a stranger in the address', async () => {
    const browser = aBrowser()
    const back = await passProvider(await begin(browser))
    back.searchParams.set('error', 'call-0800-EVIL')
    back.searchParams.set('error_description', 'Your account is locked: call us')
    expect(goesTo(await comeBack(browser, back))).toBe('/sign-in?error=sign_in_failed')
  })

  test('attack: an answer that names another issuer', async () => {
    const browser = aBrowser()
    const back = await passProvider(await begin(browser))
    back.searchParams.set('iss', 'http://evil.example')
    expect(goesTo(await comeBack(browser, back))).toMatch(/error=issuer_mismatch$/)
    expect(hasSession(browser)).toBe(false)
  })

  test.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'attack: sent on to %s',
    async (callbackURL) => {
      const body = { provider: 'oidc', callbackURL }
      const answer = await askAuth(aBrowser(), 'POST', 'sign-in/social', body)
      expect(await codeOf(answer)).toBe('invalid_input')
    },
  )

  test('attack: an ID token brought by the browser itself, scopes and more of the body', async () => {
    const url = new URL(
      await begin(aBrowser(), {
        idToken: { token: 'x' },
        scopes: ['admin'],
        additionalParams: { prompt: 'none' },
        additionalData: { invitation: 'x', link: { userId: 'x', email: 'x' } },
        requestSignUp: true,
      }),
    )
    expect(url.searchParams.get('scope')).toBe('openid email profile')
    expect(url.searchParams.get('prompt')).toBeNull()
    expect(url.searchParams.get('code_challenge')).not.toBeNull()
    expect(url.searchParams.get('nonce')).not.toBeNull()
  })

  test('a provider that is away, or answers for another, leaves the other ways open', async () => {
    forgetProcessWide('auth with OIDC')
    for (const OIDC_ISSUER of ['http://127.0.0.1:9', `${oidc.issuer}/other`]) {
      Object.assign(env(), { OIDC_ISSUER })
      const body = { provider: 'oidc', callbackURL: '/' }
      const answer = await askAuth(aBrowser(), 'POST', 'sign-in/social', body)
      expect([answer.status, await codeOf(answer)]).toEqual([503, 'sign_in_unavailable'])
    }
    await signedIn(await aPerson())
    Object.assign(env(), { OIDC_ISSUER: oidc.issuer })
    expect(goesTo(await signInByOidc(aBrowser()))).toBe('/library')
  })

  test('without a provider there is none to sign in at', async () => {
    Object.assign(env(), { OIDC_ISSUER: undefined })
    const answer = await askAuth(aBrowser(), 'POST', 'sign-in/social', { provider: 'oidc' })
    expect(answer.status).toBe(409)
  })
})
