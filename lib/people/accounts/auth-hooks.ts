import { AsyncLocalStorage } from 'node:async_hooks'
import {
  APIError,
  createAuthMiddleware,
  getOAuthState,
  getSessionFromCtx,
  isAPIError,
} from 'better-auth/api'
import { and, eq } from 'drizzle-orm'
import { account, session } from '../../db/auth-schema.ts'
import { type Transaction, database, inTransaction } from '../../db/client.ts'
import { AppError } from '../../errors.ts'
import { processWide } from '../../process-wide.ts'
import { newUserId } from './create-account.ts'
import { joinOrganization, takeForNewAccount } from './invitations.ts'
import { endResetLinks } from './one-time-links.ts'
import { assertMaySignUp } from './sign-up.ts'
import { type Tries, assertMayTry, clientHeader, forgetTry, isFirstUse } from './tries.ts'

// What the library does for us goes through these hooks, by whichever door it is asked: an endpoint or `auth().api`.

type Asked = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0]

const passwordPaths = new Set([
  '/change-password',
  '/two-factor/enable',
  '/two-factor/disable',
  '/two-factor/generate-backup-codes',
])

/** What a request tries, where tries are counted. */
async function triesOf(asked: Asked): Promise<Tries | undefined> {
  const { path } = asked
  const address = asked.headers?.get(clientHeader) ?? null
  if (path === '/sign-in/email') {
    const { email } = asked.body as { email?: unknown }
    return { what: 'password', address, account: String(email).trim().toLowerCase() }
  }
  if (passwordPaths.has(path)) {
    const found = await getSessionFromCtx(asked, { disableRefresh: true })
    return found ? { what: 'password', address, account: found.user.email } : undefined
  }
  const isSecond = path.startsWith('/two-factor/') || path === '/passkey/verify-authentication'
  return isSecond ? { what: 'second', address } : undefined
}

export const before = createAuthMiddleware(async (asked) => {
  const tries = await triesOf(asked)
  if (tries) await assertMayTry(tries)
})

export const after = createAuthMiddleware(async (asked) => {
  if (isAPIError(asked.context.returned)) return
  const tries = await triesOf(asked)
  if (tries) await forgetTry(tries)
  if (asked.path === '/sign-in/email') await assertStillThePassword(asked)
  if (asked.path === '/two-factor/verify-totp') await assertFirstUse(asked)
  if (asked.path === '/change-password') await endLinksOf(asked)
})

/** One whose password was changed in the very moment of its sign-in must not keep a session made by the old one. */
async function assertStillThePassword(asked: Asked) {
  const { newSession, password } = asked.context
  if (!newSession) return
  const isPassword = and(
    eq(account.userId, newSession.user.id),
    eq(account.providerId, 'credential'),
  )
  const [kept] = await database().select({ hash: account.password }).from(account).where(isPassword)
  const given = (asked.body as { password: string }).password
  if (kept?.hash && (await password.verify({ hash: kept.hash, password: given }))) return
  await database().delete(session).where(eq(session.token, newSession.session.token))
  throw APIError.from('UNAUTHORIZED', { code: 'INVALID_EMAIL_OR_PASSWORD', message: '' })
}

/** Of sign-ins with one code, one. Turning the second factor on, which has a session already, uses none up. */
async function assertFirstUse(asked: Asked) {
  const { newSession } = asked.context
  if (!newSession || (await getSessionFromCtx(asked, { disableRefresh: true }))) return
  const { code } = asked.body as { code: string }
  if (await isFirstUse(newSession.user.id, code)) return
  await database().delete(session).where(eq(session.token, newSession.session.token))
  throw APIError.from('UNAUTHORIZED', { code: 'INVALID_CODE', message: '' })
}

/** A link that sets a password is over once the password is another, by whichever way. */
async function endLinksOf(asked: Asked) {
  const found = await getSessionFromCtx(asked, { disableRefresh: true })
  if (found) await inTransaction((tx) => endResetLinks(tx, found.user.id))
}

/** A transaction of the library, for what has to be written with it. */
interface Work {
  tx: Transaction
  /** The invitation that lets the account in which it makes. */
  taken?: Taken
}
type Taken = Awaited<ReturnType<typeof takeForNewAccount>>

function works() {
  return processWide('transactions of accounts', () => new AsyncLocalStorage<Work>())
}

/** The database as the library takes it: its transactions are ours, and known while they last. */
export function databaseForAuth(): ReturnType<typeof database> {
  const db = database()
  const transaction = <T>(work: (tx: Transaction) => Promise<T>) =>
    inTransaction((tx) => works().run({ tx }, () => work(tx)))
  return Object.assign(Object.create(db) as typeof db, { transaction })
}

interface Written extends Record<string, unknown> {
  isAnonymous?: boolean | null
}

/**
 * Before an account is made by the library: a visitor's always; one of a provider's where `SIGN_UP` or an invitation lets
 * it in, and that is used up in the same transaction. All others are made by `createAccount`.
 */
async function beforeUser(user: Written, asked: { path?: string } | null) {
  if (user.isAnonymous) return undefined
  const work = works().getStore()
  if (!work || !asked?.path?.startsWith('/callback/')) throw refusedTo('sign_up_closed')
  const id = newUserId()
  work.taken = await admitted(work.tx, id).catch((error: unknown) => {
    throw error instanceof AppError ? refusedTo(error.code) : error
  })
  return { data: { id, role: work.taken?.role ?? 'user' } }
}

/** The invitation that a sign-in at a provider was begun with, used up. Throws where an account may not be made. */
async function admitted(tx: Transaction, id: string) {
  const { invitation } = ((await getOAuthState()) ?? {}) as { invitation?: unknown }
  const token = typeof invitation === 'string' ? invitation : undefined
  await assertMaySignUp(token)
  return token ? takeForNewAccount(tx, token, id) : undefined
}

// What a provider lets us do in a person's name: nothing here needs it after the sign-in, so it is not kept.
const noTokens = { accessToken: null, refreshToken: null, idToken: null }

/** Once the account is made, it joins the organization of its invitation. */
async function beforeAccount({ userId }: Record<string, unknown>) {
  const { tx, taken } = works().getStore() ?? {}
  if (tx && taken?.usedBy && taken.usedBy === userId)
    await joinOrganization(tx, taken, taken.usedBy)
  return { data: noTokens }
}

/** What the browser is sent back with: a code in the address of the sign-in page. */
function refusedTo(code: string) {
  return new APIError('FORBIDDEN', { code, message: '' })
}

export const databaseHooks = {
  user: { create: { before: beforeUser } },
  account: {
    create: { before: beforeAccount },
    update: { before: async () => ({ data: noTokens }) },
  },
}
