import type { InvitationOffer } from '#lib/contract/people/admin'
import { hasFields } from '#lib/contract/problem'
import { act, ask, askAuth } from './ask-people.ts'

// Every call here rejects with `ProblemError`, whose detail says what to do.

/** Signs in by password. Answers whether a second factor is needed first. */
export async function signIn(email: string, password: string): Promise<{ needsCode: boolean }> {
  const answer = await askAuth('POST', 'sign-in/email', { email, password })
  return { needsCode: hasFields(answer, { twoFactorRedirect: 'boolean' }) }
}

/** The second factor: a code of the app, or one of the backup codes. */
export async function confirmSignIn(way: 'totp' | 'backup-code', code: string) {
  await askAuth('POST', `two-factor/verify-${way}`, { code: code.replaceAll(/\s/g, '') })
}

/** The address of the sign-in at an OIDC provider; from there the browser comes back to `returnTo`. */
export async function oidcAddress(
  provider: string,
  paths: { returnTo: string; failedTo: string },
  invitation?: string,
) {
  const { returnTo, failedTo } = paths
  const body = { provider, callbackURL: returnTo, errorCallbackURL: failedTo, invitation }
  const answer = await askAuth('POST', 'sign-in/social', body)
  return hasFields(answer, { url: 'string' }) ? (answer as { url: string }).url : failedTo
}

/** The same for the account that is signed in, which can then sign in there too. */
export async function connectAddress(
  provider: string,
  { returnTo, failedTo }: { returnTo: string; failedTo: string },
) {
  const body = { provider, callbackURL: returnTo, errorCallbackURL: failedTo }
  const answer = await askAuth('POST', 'link-social', body)
  return hasFields(answer, { url: 'string' }) ? (answer as { url: string }).url : failedTo
}

export async function signOut() {
  await askAuth('POST', 'sign-out', {})
}

interface NewAccount {
  name: string
  email: string
  password: string
}

/** Creates an account and signs in to it. */
export async function signUp(account: NewAccount, invitation?: string) {
  await askAuth('POST', 'sign-up/email', { ...account, ...(invitation && { invitation }) })
}

/** Creates the owner's account, once. */
export async function setUp(token: string, account: NewAccount) {
  await act('POST', '/api/setup', { token, ...account })
}

/** Has a link mailed that sets a new password. It answers alike whether the account exists. */
export async function requestReset(email: string, redirectTo: string) {
  await askAuth('POST', 'request-password-reset', { email, redirectTo })
}

export async function resetPassword(token: string, newPassword: string) {
  await askAuth('POST', 'reset-password', { token, newPassword })
}

export function readInvitation(token: string): Promise<InvitationOffer> {
  return ask('GET', pathOf(token), isOffer)
}

/** Takes an invitation for the account that is signed in. */
export async function acceptInvitation(token: string) {
  await act('POST', `${pathOf(token)}/accept`)
}

function pathOf(token: string) {
  return `/api/invitations/${encodeURIComponent(token)}`
}

function isOffer(value: unknown): value is InvitationOffer {
  return hasFields(value, { role: 'string', expiresAt: 'string' })
}
