import type { BetterAuthPlugin } from 'better-auth'
import { APIError } from 'better-auth/api'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { betterAuth } from 'better-auth/minimal'
import { adminAc, userAc } from 'better-auth/plugins/admin/access'
import { admin } from 'better-auth/plugins/admin'
import { anonymous } from 'better-auth/plugins/anonymous'
import { organization } from 'better-auth/plugins/organization'
import { twoFactor } from 'better-auth/plugins/two-factor'
import { passkey } from '@better-auth/passkey'
import { passwordLength } from '#lib/contract/people/account'
import * as authSchema from '../db/auth-schema.ts'
import { env } from '../env.ts'
import { processWide } from '../process-wide.ts'
import { after, before, databaseForAuth, databaseHooks } from './accounts/auth-hooks.ts'
import { passwords } from './passwords.ts'
import { clientHeader } from './accounts/tries.ts'
import { authSecret, installationId } from './kept-secret.ts'
import { studioAddress } from './studio-address.ts'

const day = 24 * 60 * 60

/** Accounts and sessions, as the library keeps them. */
export function auth() {
  return processWide('auth', () => makeAuth([]))
}
export type Auth = ReturnType<typeof makeAuth>

/** Where browsers see the library's endpoints. */
export function authAddress() {
  return `${studioAddress()}/api/auth`
}

/** The library, with plugins of the moment besides those that are always there. */
export function makeAuth(more: BetterAuthPlugin[]) {
  return betterAuth({
    appName: 'Photofinish',
    secret: authSecret(),
    baseURL: authAddress(),
    database: drizzleAdapter(databaseForAuth(), {
      provider: 'pg',
      schema: authSchema,
      transaction: true,
    }),
    hooks: { before, after },
    databaseHooks,
    // An anonymous owner who loses the cookie loses the files: it lasts as long as browsers keep one (400 days).
    session: { expiresIn: 400 * day, updateAge: day },
    emailAndPassword: {
      enabled: true,
      // Accounts are made by `createAccount` alone, which sees to who may have one.
      disableSignUp: true,
      minPasswordLength: passwordLength.atLeast,
      // Counted in halves of characters there, some of which take two.
      maxPasswordLength: 2 * passwordLength.atMost,
      revokeSessionsOnPasswordReset: true,
      password: passwords(),
    },
    account: {
      accountLinking: { enabled: true, trustedProviders: [], requireLocalEmailVerified: true },
    },
    verification: { storeIdentifier: 'hashed' },
    // Tries are counted by `assertMayTry`, which also holds for calls of `auth().api`.
    rateLimit: { enabled: false, storage: 'database' },
    onAPIError: { throw: true, errorURL: `${studioAddress()}/sign-in` },
    advanced: {
      cookiePrefix: `photofinish-${installationId()}`,
      // Not sent to what else is on this host name.
      defaultCookieAttributes: { path: env().BASE_PATH || '/' },
      useSecureCookies: env().PUBLIC_URL?.startsWith('https:') ?? false,
      ipAddress: { ipAddressHeaders: [clientHeader] },
      // Which page asks is checked before (`assertOwnPage`); where to go on is checked by the library.
      disableCSRFCheck: true,
      disableOriginCheck: false,
      // The tables are the product's own, and tested.
      database: { validateSchema: false },
    },
    telemetry: { enabled: false },
    logger: { disabled: true },
    plugins: [...plugins(), ...more],
  })
}

function plugins() {
  return [
    anonymous({ disableDeleteAnonymousUser: true }),
    admin({
      roles: { owner: adminAc, admin: adminAc, user: userAc },
      adminRoles: ['owner', 'admin'],
    }),
    organization(),
    twoFactor({ issuer: 'Photofinish' }),
    passkey({
      rpName: 'Photofinish',
      rpID: new URL(studioAddress()).hostname,
      // Without an address of its own the studio is at localhost, on whichever port the page says.
      origin: env().PUBLIC_URL ? new URL(studioAddress()).origin : null,
      // It stands for a password and a second factor: one has the device, and is who unlocks it.
      authenticatorSelection: { userVerification: 'required' },
      registration: {
        afterVerification: async ({ verification }) => {
          if (!verification.registrationInfo?.userVerified) throw refusedPasskey()
        },
      },
      authentication: {
        afterVerification: async ({ verification }) => {
          if (!verification.authenticationInfo.userVerified) throw refusedPasskey()
        },
      },
    }),
  ]
}

function refusedPasskey() {
  return APIError.from('UNAUTHORIZED', { code: 'AUTHENTICATION_FAILED', message: '' })
}
