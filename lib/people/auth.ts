import { betterAuth } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { anonymous } from 'better-auth/plugins/anonymous'
import { database } from '../db/client.ts'
import * as authSchema from '../db/auth-schema.ts'
import { env } from '../env.ts'
import { processWide } from '../process-wide.ts'
import { authSecret, installationId } from './kept-secret.ts'

const day = 24 * 60 * 60

/** Accounts. So far all are anonymous: a browser owns its files from its first write, without a login. */
export function auth() {
  return processWide('auth', () =>
    betterAuth({
      secret: authSecret(),
      baseURL: env().PUBLIC_URL ?? `http://localhost:${env().PORT}`,
      database: drizzleAdapter(database(), { provider: 'pg', schema: authSchema }),
      // An anonymous owner who loses the cookie loses the files: it lasts as long as browsers keep one (400 days).
      session: { expiresIn: 400 * day, updateAge: day },
      advanced: {
        cookiePrefix: `photofinish-${installationId()}`,
        // Not sent to what else is on this host name.
        defaultCookieAttributes: { path: env().BASE_PATH || '/' },
        useSecureCookies: env().PUBLIC_URL?.startsWith('https:') ?? false,
      },
      telemetry: { enabled: false },
      logger: { disabled: true },
      plugins: [anonymous()],
    }),
  )
}
