import { hash } from 'node:crypto'
import { and, eq, inArray, isNull, lt, not, or, sql } from 'drizzle-orm'
import { type ApiScope, type Caller, roleOf } from '#lib/contract/people/caller'
import { message } from '#lib/messages/message'
import { apikey, organization, user } from '../../db/auth-schema.ts'
import { database } from '../../db/client.ts'
import { AppError } from '../../errors.ts'
import { log } from '../../log.ts'
import { processWide } from '../../process-wide.ts'
import { sessionCookiesIn } from '../session-cookies.ts'
import { heldScopes } from './scopes.ts'

/** All that says whose a request is. */
interface Headed {
  headers: Pick<Headers, 'get'>
}

const lastUseEveryMs = 60_000
const seenAtMost = 4_096

/**
 * The API key a request brings in `Authorization: Bearer`; undefined where it brings none. A header that means to bring
 * one and does not (another scheme, another token) counts as a wrong key, never as none.
 */
export function keyOfRequest({ headers }: Headed): string | undefined {
  const given = headers.get('authorization')?.trim() ?? ''
  const [, token] = /^bearer +(\S+)$/i.exec(given) ?? []
  if (token === undefined) return /pf_/i.test(given) ? '' : undefined
  return token.startsWith('pf_') || !isOfProxy(token, headers) ? token : undefined
}

/** A proxy with a sign-in of its own adds its token to what browsers send: a JWT, or one beside a browser's headers. */
function isOfProxy(token: string, headers: Headed['headers']) {
  const isBrowser = headers.get('sec-fetch-site') ?? sessionCookiesIn(headers.get('cookie'))[0]
  return token.includes('.') || Boolean(isBrowser)
}

/** What is kept of a key, and found again by. */
export function hashOfKey(key: string) {
  return hash('sha256', key, 'base64url')
}

// What a request was found to be, for as long as it lasts: its limits, its rights and its handler all ask.
const found = new WeakMap<Headed, Promise<Caller>>()

/**
 * Who asks by an API key; undefined for a request without one. Throws `key_invalid`, the same for an unknown, a revoked
 * and an expired key. Looked up for every request: a key that is revoked is of no use from then on.
 */
export async function callerOfKey(request: Headed): Promise<Caller | undefined> {
  const key = keyOfRequest(request)
  if (key === undefined) return undefined
  const known = found.get(request) ?? lookUp(key, new Date())
  found.set(request, known)
  return known
}

async function lookUp(key: string, now: Date): Promise<Caller> {
  const keyHash = hashOfKey(key)
  const [row] = await keysThatAre(now, eq(apikey.key, keyHash))
  noteSeen(keyHash, row !== undefined)
  if (!row) throw keyInvalid()
  await noteUse(row, now)
  return callerOf(row)
}

/** The keys of these ids that may still be used, with what each may do now: for what has been open since. */
export async function usableKeys(
  ids: string[],
  now = new Date(),
): Promise<Map<string, ApiScope[]>> {
  const rows = ids.length === 0 ? [] : await keysThatAre(now, inArray(apikey.id, ids))
  return new Map(
    rows.map(({ id, permissions, role }) => [id, heldScopes(permissions, roleOf(role))]),
  )
}

/** Whether a key is usable, and may still do all that it might when it was used. */
export function isKeyAsBefore(
  usable: ReadonlyMap<string, ApiScope[]>,
  { keyId, scopes }: Pick<Caller, 'keyId' | 'scopes'>,
) {
  const held = usable.get(keyId ?? '')
  return held !== undefined && (scopes ?? []).every((scope) => held.includes(scope))
}

type KeyRow = Awaited<ReturnType<typeof keysThatAre>>[number]

/**
 * Usable ones only: not revoked, not expired, of an organization or of an account that is not banned. One that a banned
 * account has made is known to it, whosever the key is: it would be its way in.
 */
function keysThatAre(now: Date, wanted: ReturnType<typeof eq>) {
  const isFree = or(isNull(user.banned), eq(user.banned, false), lt(user.banExpires, now))
  const isOfBanned = sql`exists (select from ${user} maker
    where maker.id = ${apikey.metadata}::jsonb ->> 'createdBy'
      and maker.banned and coalesce(maker.ban_expires > ${now.toISOString()}, true))`
  const isAccount = and(sql`not coalesce(${user.isAnonymous}, false)`, isFree)
  return database()
    .select({
      id: apikey.id,
      permissions: apikey.permissions,
      lastRequest: apikey.lastRequest,
      userId: user.id,
      role: user.role,
      organizationId: organization.id,
    })
    .from(apikey)
    .leftJoin(user, and(eq(user.id, apikey.referenceId), isAccount))
    .leftJoin(organization, eq(organization.id, apikey.referenceId))
    .where(
      and(
        wanted,
        eq(apikey.enabled, true),
        or(isNull(apikey.expiresAt), sql`${apikey.expiresAt} > ${now.toISOString()}`),
        sql`coalesce(${user.id}, ${organization.id}) is not null`,
        not(isOfBanned),
      ),
    )
}

/**
 * The key of an account acts for that account alone, whatever organizations it is a member of. That of an organization
 * has no account behind it: it outlives the membership of the one who made it.
 */
function callerOf({ id, permissions, userId, role, organizationId }: KeyRow): Caller {
  const roleHeld = roleOf(role)
  const scopes = heldScopes(permissions, roleHeld)
  return {
    ownerId: organizationId ?? userId!,
    userId: organizationId ? '' : userId!,
    isVisitor: false,
    role: scopes.includes('admin' satisfies ApiScope) ? roleHeld : 'user',
    keyId: id,
    scopes,
  }
}

/** Once a minute at most, and never waited for: of requests at once, one writes. */
async function noteUse({ id, lastRequest }: KeyRow, now: Date) {
  const before = new Date(now.getTime() - lastUseEveryMs)
  if (lastRequest && lastRequest > before) return
  const due = and(eq(apikey.id, id), or(isNull(apikey.lastRequest), lt(apikey.lastRequest, before)))
  const free = database()
    .select({ id: apikey.id })
    .from(apikey)
    .where(due)
    .for('no key update', { skipLocked: true })
  await database()
    .update(apikey)
    .set({ lastRequest: now })
    .where(inArray(apikey.id, free))
    .catch((error: unknown) => log().warn({ err: error }, 'the use of a key was not noted'))
}

/** Whether a key was valid the last time this process looked it up. For limits only: it opens nothing. */
export function wasKeySeen(key: string | undefined) {
  return key !== undefined && seen().has(hashOfKey(key))
}

function noteSeen(keyHash: string, isValid: boolean) {
  seen().delete(keyHash)
  if (isValid) seen().add(keyHash)
  for (const oldest of seen()) {
    if (seen().size <= seenAtMost) break
    seen().delete(oldest)
  }
}

function seen() {
  return processWide('keys seen', () => new Set<string>())
}

function keyInvalid() {
  return new AppError('key_invalid', { userMessage: message('errors.keyInvalid') })
}
