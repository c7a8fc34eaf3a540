import { type SQL, and, eq, sql } from 'drizzle-orm'
import type { PeoplePage } from '#lib/contract/people/admin'
import type { Caller } from '#lib/contract/people/caller'
import { message } from '#lib/messages/message'
import { user } from '../../db/auth-schema.ts'
import { type Transaction, database, inTransaction } from '../../db/client.ts'
import { AppError } from '../../errors.ts'
import { notAllowed, signInFirst } from './auth-error.ts'
import { createAccount, endSessions, namedAccount } from './create-account.ts'

type Role = Caller['role']

const isAccount = sql`${user.isAnonymous} is not true`

/**
 * The role of a caller who may administer: its role as it is now, not as a session of seconds ago remembers it. Throws
 * `forbidden` for all others, and for an API key without that scope.
 */
export async function assertAdmin({ userId, isVisitor, scopes }: Caller): Promise<Role> {
  if (isVisitor) throw signInFirst()
  if (scopes && !scopes.includes('admin')) throw notAllowed()
  const [found] = await database()
    .select({ role: user.role, banned: user.banned })
    .from(user)
    .where(eq(user.id, userId))
  if (!found || found.banned || (found.role !== 'owner' && found.role !== 'admin'))
    throw notAllowed()
  return found.role
}

/** The owner alone makes and unmakes admins. */
export function assertOwner(role: Role) {
  if (role !== 'owner') throw notAllowed()
}

/** Whom one may administer: the owner all but itself, an admin those without a role. The owner is out of all reach. */
function underThe(role: Role): string[] {
  return role === 'owner' ? ['admin', 'user'] : ['user']
}

const roleOf = sql<Role>`coalesce(${user.role}, 'user')`

/**
 * Does something to an account while its role and its block stay as they are. Throws `not_found` where there is no such
 * account, and `forbidden` where the caller's role does not reach it.
 */
async function toPerson<T>(
  callerRole: Role,
  id: string,
  work: (tx: Transaction, person: { role: Role; banned: boolean }) => Promise<T>,
): Promise<T> {
  return inTransaction(async (tx) => {
    const [person] = await tx
      .select({ role: roleOf, banned: sql<boolean>`coalesce(${user.banned}, false)` })
      .from(user)
      .where(and(eq(user.id, id), isAccount))
      .for('update')
    if (!person) throw noSuchPerson()
    if (!underThe(callerRole).includes(person.role)) throw notAllowed()
    return work(tx, person)
  })
}

/** Makes someone an admin, or no admin any more. */
export async function changeRole(callerRole: Role, id: string, role: 'admin' | 'user') {
  assertOwner(callerRole)
  await toPerson(callerRole, id, async (tx) => {
    await tx.update(user).set({ role }).where(eq(user.id, id))
  })
}

/** Keeps someone out, and ends every session. */
export async function ban(callerRole: Role, id: string) {
  await toPerson(callerRole, id, async (tx) => {
    await tx.update(user).set({ banned: true, banExpires: null }).where(eq(user.id, id))
    await endSessions(tx, id)
  })
}

export async function unban(callerRole: Role, id: string) {
  await toPerson(callerRole, id, async (tx) => {
    await tx
      .update(user)
      .set({ banned: false, banReason: null, banExpires: null })
      .where(eq(user.id, id))
  })
}

export async function revokeSessionsOf(callerRole: Role, id: string) {
  await toPerson(callerRole, id, (tx) => endSessions(tx, id))
}

/** Throws unless one may make a link that sets this account's password. */
export async function assertMayReset(callerRole: Role, id: string) {
  await toPerson(callerRole, id, async () => {})
}

/** Makes an account without a password: a link sets it. */
export async function addPerson(
  callerRole: Role,
  given: { name: unknown; email: unknown },
  role: 'admin' | 'user',
) {
  if (role === 'admin') assertOwner(callerRole)
  const named = namedAccount(given)
  return inTransaction((tx) => createAccount(tx, { ...named, passwordHash: null }, role))
}

/** The id of the account with an e-mail address. Throws `not_found` where there is none. */
export async function personWithEmail(email: string) {
  const [found] = await database()
    .select({ id: user.id })
    .from(user)
    .where(and(eq(user.email, email), isAccount))
  if (!found) throw noSuchPerson()
  return found.id
}

const pageSize = 50
// A search looks at no more accounts than this at a time; the next page goes on behind them.
const lookedAtMost = 2_000

/** The accounts, newest first, a page at a time; with a text that their name or e-mail address holds. */
export async function listPeople(search = '', cursor = ''): Promise<PeoplePage> {
  const behind = behindOf(cursor)
  const horizon = search.trim() ? await horizonOf(behind) : undefined
  const rows = await find(search.trim().toLowerCase(), behind, horizon)
  const page = rows.slice(0, pageSize)
  const last = rows.length > pageSize ? page.at(-1) : horizon
  return {
    people: page.map(({ id, name, email, role, banned, ms }) => {
      const createdAt = new Date(ms).toISOString()
      return { id, name, email, role, isBanned: banned, createdAt }
    }),
    nextCursor: last ? Buffer.from(`${last.at}|${last.id}`).toString('base64url') : null,
  }
}

/** A place in the list, as the database writes its moment. */
interface Place extends Record<string, unknown> {
  at: string
  id: string
}

interface PersonRow extends Place {
  name: string
  email: string
  role: Role
  banned: boolean
  ms: number
}

/** The last account that a search looks at. */
async function horizonOf(behind: SQL) {
  const { rows } = await database().execute<Place>(sql`
    select created_at::text as at, id from "user" where is_anonymous is not true ${behind}
    order by created_at desc, id desc offset ${lookedAtMost - 1} limit 1`)
  return rows[0]
}

async function find(search: string, behind: SQL, horizon: Place | undefined) {
  const words = `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const wanted = search ? sql`and (lower(email) like ${words} or lower(name) like ${words})` : sql``
  const upTo = horizon
    ? sql`and (created_at, id) >= (${horizon.at}::timestamptz, ${horizon.id})`
    : sql``
  const { rows } = await database().execute<PersonRow>(sql`
    select id, name, email, coalesce(role, 'user') as role, coalesce(banned, false) as banned,
      created_at::text as at, (extract(epoch from created_at) * 1000)::float8 as ms
    from "user" where is_anonymous is not true ${behind} ${upTo} ${wanted}
    order by created_at desc, id desc limit ${pageSize + 1}`)
  return rows
}

function behindOf(cursor: string) {
  const place = Buffer.from(cursor, 'base64url').toString()
  const [, at, id] = /^([\d .:+-]{19,40})\|(\w{1,64})$/.exec(place) ?? []
  return at ? sql`and (created_at, id) < (${at}::timestamptz, ${id})` : sql``
}

function noSuchPerson() {
  return new AppError('not_found', { userMessage: message('people.noSuchPerson') })
}
