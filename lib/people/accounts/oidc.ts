import { genericOAuth } from 'better-auth/plugins/generic-oauth'
import { beginningOf, isBlank, plainName } from '#lib/contract/text/plain-text'
import { message } from '#lib/messages/message'
import { env } from '../../env.ts'
import { AppError } from '../../errors.ts'
import { forgetProcessWide, processWide } from '../../process-wide.ts'
import { type Auth, auth, makeAuth } from '../auth.ts'
import { emailIn, nameMaxLength } from './create-account.ts'

/** What accounts that are connected to it are kept under. */
export const oidcId = 'oidc'
const patienceMs = 5_000
const oidcPaths = /\/(?:sign-in\/social|link-social|callback\/\w+)$/

/** The provider at `OIDC_ISSUER`, as the sign-in names it; null where there is none. */
export function oidcProvider() {
  const { OIDC_ISSUER, OIDC_LABEL } = env()
  return OIDC_ISSUER ? { id: oidcId, label: OIDC_LABEL ?? new URL(OIDC_ISSUER).host } : null
}

/**
 * The library as a path below `/api/auth` needs it. The provider is looked up at its first use, and again after one that
 * failed: a start does not wait for it, and no other way to sign in ends with it.
 */
export async function authFor(path: string): Promise<Pick<Auth, 'handler'>> {
  if (!oidcPaths.test(path) || !oidcProvider()) return auth()
  return processWide('auth with OIDC', () =>
    withOidc().catch((error: unknown) => {
      forgetProcessWide('auth with OIDC')
      throw error
    }),
  )
}

async function withOidc() {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = env()
  const discoveryUrl = `${issuer}/.well-known/openid-configuration`
  await assertIssuer(discoveryUrl, issuer!)
  const plugin = genericOAuth({
    config: [
      {
        providerId: oidcId,
        discoveryUrl,
        clientId: OIDC_CLIENT_ID!,
        clientSecret: OIDC_CLIENT_SECRET!,
        scopes: ['openid', 'email', 'profile'],
        pkce: true,
        requireIdTokenVerification: true,
        mapProfileToUser: (profile) => ({
          // Some send words for it.
          emailVerified: profile.email_verified === true || profile.email_verified === 'true',
          name: nameOf(profile),
          // In another spelling it would be a second account that looks like the first.
          email: emailIn(profile.email),
        }),
      },
    ],
  })
  const made = makeAuth([plugin])
  const { socialProviders } = await made.$context
  const provider = socialProviders.find(({ id }) => id === oidcId)
  if (!provider) throw away('it cannot be used')
  const { getUserInfo } = provider
  // The library looks at an ID token where there is one; without one there is no sign-in.
  provider.getUserInfo = async (tokens) => {
    const subject = subjectOf(tokens.idToken)
    const found = subject === undefined ? null : await getUserInfo(tokens)
    const told: { sub?: unknown } | undefined = found?.data
    return told?.sub === subject ? found : null
  }
  return made
}

/** Throws where the provider does not answer, or answers for another one. */
async function assertIssuer(discoveryUrl: string, issuer: string) {
  const answer = await fetch(discoveryUrl, { signal: AbortSignal.timeout(patienceMs) })
    .then((response) => response.json() as Promise<{ issuer?: unknown }>)
    .catch((cause: unknown) => {
      throw away('it does not answer', cause)
    })
  const told = typeof answer.issuer === 'string' ? answer.issuer.replace(/\/+$/, '') : undefined
  if (told !== issuer) throw away(`it answers for ${told}`)
}

/** Whom an ID token is about, before it is verified. */
function subjectOf(idToken: string | undefined) {
  const [, claims = ''] = idToken?.split('.') ?? []
  try {
    const { sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { sub?: unknown }
    return typeof sub === 'string' && sub !== '' ? sub : undefined
  } catch {
    return undefined
  }
}

/** The first of what a provider tells that can be seen, as names are kept; its beginning where it is longer. */
function nameOf({ name, preferred_username: username, email }: Record<string, unknown>) {
  const told = [name, username, email].map((one) => plainName(typeof one === 'string' ? one : ''))
  const seen = told.find((one) => !isBlank(one))
  return seen && beginningOf(seen, nameMaxLength)
}

function away(why: string, cause?: unknown) {
  return new AppError('sign_in_unavailable', {
    userMessage: message('people.providerAway'),
    logMessage: `the provider at OIDC_ISSUER: ${why}`,
    cause,
  })
}
