import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { apiScopes, type KeyView, type NewKeyAnswer } from '#lib/contract/people/api-key'
import type { ApiScope, Caller } from '#lib/contract/people/caller'
import { microsOf } from '#lib/contract/money'
import { nameMaxLength } from '#lib/contract/people/organization'
import { message } from '#lib/messages/message'
import { apikey, user } from '../../db/auth-schema.ts'
import { type Transaction, inTransaction } from '../../db/client.ts'
import { spendingLimit } from '../../db/money-schema.ts'
import { AppError, invalidField } from '../../errors.ts'
import { isOrganization, newId, randomText } from '../../ids.ts'
import { parsed } from '../../read-input.ts'
import { assertAccount, nameSchema } from '../asked.ts'
import { asMember, assertManager, memberOf } from '../organizations/membership.ts'
import { hashOfKey } from './bearer.ts'
import { heldScopes, permissionsOf } from './scopes.ts'
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
  await changeKey(caller, keyId, async () => ({ enabled: false }))
}

const changesSchema = newKeySchema
  .partial()
  .extend({ confirm: z.boolean().optional() })
  .refine(({ confirm: _, ...changes }) => Object.values(changes).some((one) => one !== undefined))

/**
 * Changes what a key is called, may do and may spend, and how long it lasts from now; what is not named stays. What makes
 * it stronger than those who hold it know, a scope more or a life after its end, has to be confirmed; the scope `admin` is
 * given to new keys alone.
 */
export async function updateKey(caller: Caller, keyId: string, body: unknown): Promise<KeyView> {
  const { name, scopes, limitUsd, days, confirm } = parsed(changesSchema, body, wanted)
  return changeKey(caller, keyId, async (tx, key, now) => {
    const added = scopesAdded(key.permissions, scopes)
    if (added.includes('admin'))
      throw new AppError('forbidden', { userMessage: message('errors.adminScopeLater') })
    const isRevived = days !== undefined && key.expiresAt !== null && key.expiresAt <= now
    if ((added.length > 0 || isRevived) && !confirm)
      throw invalidField('confirm', message('request.confirmKey'))
    if (limitUsd !== undefined) await setLimit(tx, keyId, limitUsd, caller.userId)
    return {
      ...(name !== undefined && { name }),
      ...(scopes && { permissions: permissionsOf(scopes) }),
      ...(days !== undefined && { expiresAt: endAfter(days, now) }),
    }
  })
}

function scopesAdded(permissions: string | null, scopes: readonly ApiScope[] = []) {
  const held = heldScopes(permissions, 'admin')
  return scopes.filter((scope) => !held.includes(scope))
}

function endAfter(days: number | null | undefined, now: Date) {
  return days ? new Date(now.getTime() + days * dayMs) : null
}

type KeyRow = typeof apikey.$inferSelect
type Changes = Partial<Pick<KeyRow, 'enabled' | 'name' | 'permissions' | 'expiresAt'>>

/** Changes a key of the active account or organization; one of others is as one that never was. */
async function changeKey(
  caller: Caller,
  keyId: string,
  changesOf: (tx: Transaction, key: KeyRow, now: Date) => Promise<Changes>,
): Promise<KeyView> {
  assertAccount(caller)
  return asManagerOfKeys(caller, async (tx) => {
    const isMeant = and(eq(apikey.id, keyId), isKeyOf(caller.ownerId))
    const [key] = await tx.select().from(apikey).where(isMeant).for('update')
    if (!key) throw new AppError('not_found', { userMessage: message('errors.keyNotFound') })
    const now = new Date()
    const changes = await changesOf(tx, key, now)
    await tx
      .update(apikey)
      .set({ ...changes, updatedAt: now })
      .where(eq(apikey.id, keyId))
    const [view] = await viewsOfKeys(eq(apikey.id, keyId), tx)
    return view!
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
    expiresAt: endAfter(days, now),
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
