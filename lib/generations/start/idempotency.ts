import { message } from '#lib/messages/message'
import { createHash } from 'node:crypto'
import { and, eq, gt, inArray, lt } from 'drizzle-orm'
import { type Database, type Transaction, database } from '../../db/client.ts'
import { idempotencyKey } from '../../db/generation-schema.ts'
import { AppError } from '../../errors.ts'

const keptMs = 24 * 60 * 60 * 1000

/** Throws where a key is not 1 to 255 visible ASCII characters; `#` is ours, for the keys of variations. */
export function assertIdempotencyKey(key: string) {
  if (isIdempotencyKey(key)) return
  throw new AppError('invalid_idempotency_key', {
    userMessage: message('errors.invalidKey'),
  })
}

export function isIdempotencyKey(key: string) {
  return /^[\x21\x22\x24-\x7e]{1,255}$/.test(key)
}

/** A hash over what was asked for, or a part of it, whatever the order of its fields. */
export function bodyHash(settings: object) {
  const canonical = JSON.stringify(
    Object.entries(settings).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )
  return createHash('sha256').update(canonical).digest('hex')
}

/** A key a request wants to take, for the generation it would make. */
export interface IdempotencyClaim {
  ownerId: string
  key: string
  bodyHash: string
  generationId: string
  now: Date
  /** For how long a key holds. Default a day. */
  keptMs?: number | undefined
}

/**
 * Takes a key in the transaction that inserts the generation: undefined where it was free, else the one it stands for.
 * A second request with the same key waits here until the first has committed. Throws where the body is another.
 */
export async function claimIdempotencyKey(tx: Transaction, claim: IdempotencyClaim) {
  const mine = and(eq(idempotencyKey.ownerId, claim.ownerId), eq(idempotencyKey.key, claim.key))
  const { now, keptMs: holdsMs = keptMs, ...values } = claim
  const expiredBefore = new Date(now.getTime() - holdsMs)
  await tx.delete(idempotencyKey).where(and(mine, lt(idempotencyKey.createdAt, expiredBefore)))
  const taken = await tx
    .insert(idempotencyKey)
    .values({ ...values, createdAt: now })
    .onConflictDoNothing()
    .returning()
  if (taken.length > 0) return undefined

  const earlier = await earlierOf(claim, tx)
  if (typeof earlier === 'string') return earlier
  throw keyReused()
}

/** What a key stands for already, where that is the same request; `another` where it is not, undefined where it is free. */
export async function earlierOf(
  { ownerId, key, bodyHash: meant }: Pick<IdempotencyClaim, 'ownerId' | 'key' | 'bodyHash'>,
  db: Database | Transaction = database(),
): Promise<string | typeof another | undefined> {
  // One that both a visitor and the account that adopted it had used is told by what was asked for with it.
  const marked = `${key}#${meant}`
  const isMeant = and(
    eq(idempotencyKey.ownerId, ownerId),
    inArray(idempotencyKey.key, [key, marked]),
  )
  const rows = await db.select().from(idempotencyKey).where(isMeant)
  const same = rows.find((row) => row.bodyHash === meant)
  return same?.generationId ?? (rows.length > 0 ? another : undefined)
}

/** Of `earlierOf`. */
export const another = Symbol('another request')

export function keyReused() {
  return new AppError('idempotency_key_reused', { userMessage: message('errors.keyReused') })
}

/** The generations that keys stand for, in the keys' order, up to the first that is free; whatever was asked for with them. */
export async function generationsOfKeys(
  ownerId: string,
  keys: string[],
  now: Date,
  holdsMs = keptMs,
) {
  if (keys.length === 0) return []
  const mine = and(eq(idempotencyKey.ownerId, ownerId), inArray(idempotencyKey.key, keys))
  const notExpired = gt(idempotencyKey.createdAt, new Date(now.getTime() - holdsMs))
  const rows = await database().select().from(idempotencyKey).where(and(mine, notExpired))
  const found = keys.map((key) => rows.find((row) => row.key === key)?.generationId)
  const firstFree = found.indexOf(undefined)
  return (firstFree < 0 ? found : found.slice(0, firstFree)) as string[]
}

/** Forgets keys older than 24 hours. */
export async function forgetOldKeys(now: Date) {
  await database()
    .delete(idempotencyKey)
    .where(lt(idempotencyKey.createdAt, new Date(now.getTime() - keptMs)))
}
