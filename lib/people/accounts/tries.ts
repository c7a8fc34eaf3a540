import { hash } from 'node:crypto'
import { generateId } from '@better-auth/core/utils/id'
import { lt, sql } from 'drizzle-orm'
import { rateLimit } from '../../db/auth-schema.ts'
import { database } from '../../db/client.ts'
import { tooManyTries } from './auth-error.ts'

// Counted in the database: for all processes together, and also where many come in the same moment. They hold whatever
// RATE_LIMITS says, which is about what requests cost.

/** The front door says in this header which address a request counts for; what a client sends in it is thrown away. */
export const clientHeader = 'x-photofinish-client'

interface Limit {
  atMost: number
  seconds: number
}

const quarter = 15 * 60
const hour = 60 * 60
// Three times the half minute for which an app shows one, and some more.
const codeSeconds = 2 * 60
const dayMs = 24 * hour * 1_000

/** One account from one address, one account from everywhere, all accounts from one address. */
interface Limits {
  both?: Limit
  account?: Limit
  address: Limit
}

// One who is kept out of an account by a stranger's tries would be the victim of the limit: from everywhere together there
// may be more of them than from one address.
const limits = {
  password: {
    both: { atMost: 10, seconds: quarter },
    account: { atMost: 100, seconds: quarter },
    address: { atMost: 100, seconds: quarter },
  },
  second: { address: { atMost: 60, seconds: quarter } },
  link: { address: { atMost: 60, seconds: quarter } },
  // The account is the link.
  share: {
    both: { atMost: 10, seconds: quarter },
    account: { atMost: 100, seconds: quarter },
    address: { atMost: 60, seconds: quarter },
  },
  account: { address: { atMost: 30, seconds: hour } },
  reset: {
    account: { atMost: 5, seconds: hour },
    address: { atMost: 30, seconds: hour },
  },
} satisfies Record<string, Limits>

export interface Tries {
  /** What is tried: a password, a second factor, a link, the password of a shared video, making an account, having a link mailed. */
  what: keyof typeof limits
  /** The address of the client, where it is known. */
  address: string | null
  /** The e-mail address of the account, whether there is one or not. */
  account?: string | undefined
}

/** Counts a try; throws `rate_limited` where there were too many. */
export async function assertMayTry(tries: Tries) {
  for (const { key, limit } of counters(tries)) {
    const waitSeconds = await take(key, limit)
    if (waitSeconds > 0) throw tooManyTries(waitSeconds)
  }
}

/** Whether a code of an app is used for the first time while it is valid: who has seen it used must not use it too. */
export async function isFirstUse(userId: string, code: string) {
  const key = `code ${hash('sha256', `${userId} ${code}`)}`
  return (await take(key, { atMost: 1, seconds: codeSeconds })) === 0
}

/** A try that was right does not count. */
export async function forgetTry(tries: Tries) {
  for (const { key } of counters(tries))
    await database()
      .update(rateLimit)
      .set({ count: sql`greatest(${rateLimit.count} - 1, 0)` })
      .where(sql`${rateLimit.key} = ${key}`)
}

function counters({ what, address, account }: Tries) {
  const { both, account: ofAccount, address: ofAddress }: Limits = limits[what]
  const at = address ?? 'here'
  return [
    { key: account && `${account} at ${at}`, limit: both },
    { key: account, limit: ofAccount },
    { key: `at ${at}`, limit: ofAddress },
  ].flatMap(({ key, limit }) =>
    key && limit ? [{ key: `${what} ${hash('sha256', key)}`, limit }] : [],
  )
}

/** One more in the window that began with the first; answers for how many seconds it is full. */
async function take(key: string, { atMost, seconds }: Limit) {
  const now = Date.now()
  const isOver = sql`${rateLimit.lastRequest} <= ${now - seconds * 1_000}`
  const [row] = await database()
    .insert(rateLimit)
    .values({ id: generateId(32), key, count: 1, lastRequest: now })
    .onConflictDoUpdate({
      target: rateLimit.key,
      set: {
        count: sql`case when ${isOver} then 1 else least(${rateLimit.count}, 100000) + 1 end`,
        lastRequest: sql`case when ${isOver} then ${now}::bigint else ${rateLimit.lastRequest} end`,
      },
    })
    .returning({ count: rateLimit.count, begin: rateLimit.lastRequest })
  const { count, begin } = row!
  return count <= atMost ? 0 : Math.max(1, Math.ceil((begin + seconds * 1_000 - now) / 1_000))
}

/** Removes what is counted no more. */
export async function removeOldTries(now = Date.now()) {
  await database()
    .delete(rateLimit)
    .where(lt(rateLimit.lastRequest, now - dayMs))
}
