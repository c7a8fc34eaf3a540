import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { apiScopes, type KeyView, type NewKeyAnswer } from '#lib/contract/people/api-key'
import type { Caller } from '#lib/contract/people/caller'
import { microsOf } from '#lib/contract/money'
import { nameMaxLength } from '#lib/contract/people/organization'
import { message } from '#lib/messages/message'
import { apikey, user } from '../../db/auth-schema.ts'
import { type Transaction, inTransaction } from '../../db/client.ts'
import { spendingLimit } from '../../db/money-schema.ts'
import { AppError } from '../../errors.ts'
import { isOrganization, newId, randomText } from '../../ids.ts'
import { parsed } from '../../read-input.ts'
import { assertAccount, nameSchema } from '../asked.ts'
import { asMember, assertManager, memberOf } from '../organizations/membership.ts'
import { hashOfKey } from './bearer.ts'
import { permissionsOf } from './scopes.ts'
import { viewsOfKeys } from './views.ts'

const keysAtMost = 50
const daysAtMost = 3_650
const usdAtMost = 1_000_000
const dayMs = 24 * 60 * 60 * 1000
const startLength = 7

const newKeySchema = z.strictObject({
  name: nameSchema,
  scopes: z
    .array(z.enum(apiScopes))
    .min(1)
    .transform((given) => apiScopes.filter((scope) => given.includes(scope))),
  limitUsd: z.number().min(0).max(usdAtMost).nullish(),
  days: z.number().int().min(1).max(daysAtMost).nullish(),
})
const wanted = {
  name: message('request.name', { max: nameMaxLength }),
  scopes: message('request.scopes', { options: apiScopes.join(', ') }),
  limitUsd: message('request.limitUsd', { max: usdAtMost }),
  days: message('request.days', { max: daysAtMost }),
}

/** What a key is to be: checked, and not yet made. */
export type NewKey = z.output<typeof newKeySchema>

export function readNewKey(body: unknown): NewKey {
  return parsed(newKeySchema, body, wanted)
}

/** Makes a key of the active account or organization. It is shown in this answer, and never again. */
export async function createKey(caller: Caller, body: unknown): Promise<NewKeyAnswer> {
  assertAccount(caller)
  const wish = readNewKey(body)
  const isAdmin = caller.role !== 'user' && caller.ownerId === caller.userId
  if (wish.scopes.includes('admin') && !isAdmin)
    throw new AppError('forbidden', { userMessage: message('errors.adminScope') })
  return asManagerOfKeys(caller, (tx) => insertKey(tx, caller.ownerId, caller.userId, wish))
}

/** The keys that were not revoked, newest first; expired ones too. */
export async function listKeys(caller: Caller): Promise<KeyView[]> {
  assertAccount(caller)
  const { ownerId, userId } = caller
  if (ownerId !== userId) assertManager((await memberOf(userId, ownerId)) ?? 'member')
  return viewsOfKeys(isKeyOf(ownerId))
}

/** Ends a key at once. It stays in the books by its name. */
export async function revokeKey(caller: Caller, keyId: string): Promise<void> {
  await changeKey(caller, keyId, { enabled: false }, async () => {})
}

const limitSchema = newKeySchema.pick({ limitUsd: true }).required()

/** Gives a key another limit, or lifts it. */
export async function limitKey(caller: Caller, keyId: string, body: unknown): Promise<KeyView> {
  const { limitUsd } = parsed(limitSchema, body, wanted)
  return changeKey(caller, keyId, {}, async (tx) => {
    await setLimit(tx, keyId, limitUsd ?? null, caller.userId)
    const [view] = await viewsOfKeys(eq(apikey.id, keyId), tx)
    return view!
  })
}

/** Changes a key of the active account or organization; one of others is as one that never was. */
async function changeKey<T>(
  caller: Caller,
  keyId: string,
  values: { enabled?: boolean },
  besides: (tx: Transaction) => Promise<T>,
): Promise<T> {
  assertAccount(caller)
  return asManagerOfKeys(caller, async (tx) => {
    const changed = await tx
      .update(apikey)
      .set({ ...values, updatedAt: new Date() })
      .where(and(eq(apikey.id, keyId), isKeyOf(caller.ownerId)))
      .returning({ id: apikey.id })
    if (changed.length > 0) return besides(tx)
    throw new AppError('not_found', { userMessage: message('errors.keyNotFound') })
  })
}

/** Writes a key with its limit. At most so many of one owner: each counts as an account of its own at the front door. */
export async function insertKey(
  tx: Transaction,
  ownerId: string,
  createdBy: string | null,
  { name, scopes, limitUsd, days }: NewKey,
): Promise<NewKeyAnswer> {
  if ((await tx.$count(apikey, isKeyOf(ownerId))) >= keysAtMost)
    throw new AppError('not_possible_now', {
      userMessage: message('errors.tooManyKeys', { atMost: keysAtMost }),
    })
  const key = `pf_${randomText(40)}`
  const id = newId('key')
  const now = new Date()
  await tx.insert(apikey).values({
    id,
    configId: isOrganization(ownerId) ? 'organization' : 'user',
    name,
    referenceId: ownerId,
    prefix: 'pf_',
    start: key.slice(0, startLength),
    key: hashOfKey(key),
    permissions: permissionsOf(scopes),
    metadata: JSON.stringify({ createdBy }),
    rateLimitEnabled: false,
    expiresAt: days ? new Date(now.getTime() + days * dayMs) : null,
    createdAt: now,
    updatedAt: now,
  })
  if (typeof limitUsd === 'number') await setLimit(tx, id, limitUsd, createdBy)
  const [view] = await viewsOfKeys(eq(apikey.id, id), tx)
  return { key, view: view! }
}

async function setLimit(
  tx: Transaction,
  keyId: string,
  limitUsd: number | null,
  updatedBy: string | null,
) {
  const set = { monthMicros: limitUsd === null ? null : microsOf(limitUsd), updatedBy }
  await tx
    .insert(spendingLimit)
    .values({ scope: `key:${keyId}`, ...set })
    .onConflictDoUpdate({ target: spendingLimit.scope, set: { ...set, updatedAt: new Date() } })
}

/** The keys of an account are its own business; those of an organization are for its owners and admins. */
function asManagerOfKeys<T>({ ownerId, userId }: Caller, work: (tx: Transaction) => Promise<T>) {
  if (ownerId !== userId)
    return asMember(ownerId, userId, (tx, role) => {
      assertManager(role)
      return work(tx)
    })
  return inTransaction(async (tx) => {
    await tx.select({ id: user.id }).from(user).where(eq(user.id, userId)).for('no key update')
    return work(tx)
  })
}

function isKeyOf(ownerId: string) {
  return and(eq(apikey.referenceId, ownerId), eq(apikey.enabled, true))
}
