import { z } from 'zod'
import { accountName, isPassword, normalPassword } from './create-account.ts'

const text = z.string().max(2_000)
const password = z.string().max(1_000).transform(normalPassword)
const newPassword = password.refine(isPassword)
const code = z.string().trim().max(100)
const isSet = z.boolean().optional()
const nothing = z.object({})

/** Where to go on afterwards: a path of the studio. Addresses of other sites are no way on. */
const path = z
  .string()
  .max(1_000)
  .regex(/^\/(?![/\\])[^\\]*$/)

interface Endpoint {
  method: 'GET' | 'POST'
  path: RegExp
  /** What it takes; all else in a body is dropped, roles and ids above all. */
  body?: z.ZodType<Record<string, unknown>>
  /** For those with an account to sign in to: a visitor must not make itself a way in. */
  forAccounts?: true
}

const post = (at: string, body: Endpoint['body'] = nothing): Endpoint => ({
  method: 'POST',
  path: new RegExp(`^${at}$`),
  body,
})
const get = (at: string): Endpoint => ({ method: 'GET', path: new RegExp(`^${at}$`) })
const ofAccount = (endpoint: Endpoint): Endpoint => ({ ...endpoint, forAccounts: true })

/** The endpoints of the library that the studio has. It has many more: all others are not there. */
const endpoints: readonly Endpoint[] = [
  post('/sign-in/email', z.object({ email: text, password, rememberMe: isSet })),
  post(
    '/sign-in/social',
    z
      .object({
        provider: text,
        callbackURL: path.optional(),
        errorCallbackURL: path.optional(),
        invitation: text.optional(),
      })
      // Comes back with the provider's answer.
      .transform(({ invitation, ...rest }) => ({ ...rest, additionalData: { invitation } })),
  ),
  get('/callback/oidc'),
  ofAccount(
    post(
      '/link-social',
      z.object({ provider: text, callbackURL: path.optional(), errorCallbackURL: path.optional() }),
    ),
  ),
  post('/sign-out'),
  // Without `trustDevice`: what skips the second factor for a month, nothing here lists or ends.
  post('/two-factor/verify-totp', z.object({ code })),
  post('/two-factor/verify-backup-code', z.object({ code })),
  ofAccount(post('/two-factor/enable', z.object({ password }))),
  ofAccount(post('/two-factor/disable', z.object({ password }))),
  ofAccount(post('/two-factor/generate-backup-codes', z.object({ password }))),
  get('/passkey/generate-authenticate-options'),
  post('/passkey/verify-authentication', z.object({ response: z.record(z.string(), z.unknown()) })),
  ofAccount(get('/passkey/generate-register-options')),
  ofAccount(
    post(
      '/passkey/verify-registration',
      z.object({
        response: z.record(z.string(), z.unknown()),
        name: z.string().trim().max(100).optional(),
      }),
    ),
  ),
  ofAccount(get('/passkey/list-user-passkeys')),
  ofAccount(post('/passkey/delete-passkey', z.object({ id: text }))),
  ofAccount(
    post(
      '/change-password',
      z.object({ currentPassword: password, newPassword, revokeOtherSessions: isSet }),
    ),
  ),
  ofAccount(post('/update-user', z.object({ name: z.unknown().transform(accountName) }))),
  ofAccount(get('/list-sessions')),
  ofAccount(post('/revoke-session', z.object({ token: text }))),
  ofAccount(post('/revoke-other-sessions')),
]

/** The endpoint at a path below `/api/auth`; undefined where the studio has none. */
export function endpointOf(method: string, at: string): Endpoint | undefined {
  return endpoints.find((one) => one.method === method && one.path.test(at))
}
