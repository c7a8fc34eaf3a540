import { z } from 'zod'
import { microsOf } from '#lib/contract/money'
import { noteMaxLength, usdMax } from '#lib/contract/people/credits'
import { message } from '#lib/messages/message'
import { AppError, invalidField } from '../errors.ts'
import { isOrganization } from '../ids.ts'
import { parsed } from '../read-input.ts'
import { grant } from './grants.ts'
import { setLimits } from './limits.ts'
import { ownerNamed } from './owners.ts'

// What admins ask for, as it comes in.

const keyMaxLength = 255
const most = { max: { usd: usdMax } }

const grantSchema = z.strictObject({
  owner: z.string().min(1).max(320),
  usd: z
    .number()
    .min(-usdMax)
    .max(usdMax)
    .refine((usd) => microsOf(usd) !== 0),
  note: z.string().max(noteMaxLength).optional(),
})
const grantWanted = {
  owner: message('money.owner'),
  usd: message('money.grantUsd', most),
  note: message('money.note', { max: noteMaxLength }),
}

/** Gives an owner credits: `{ owner, usd, note? }`, the owner by id, email address or name. */
export async function grantAsAsked(
  body: unknown,
  byUserId: string | null,
  intention: string | null = null,
) {
  if (intention !== null && intention.length > keyMaxLength)
    throw new AppError('invalid_idempotency_key', { userMessage: message('errors.invalidKey') })
  const { owner: named, usd, note = null } = parsed(grantSchema, body, grantWanted)
  const owner = await ownerNamed(named)
  const balance = await grant({
    ownerId: owner.id,
    amountMicros: microsOf(usd),
    byUserId,
    note,
    intention,
  })
  return { owner, balance }
}

const limitUsd = z.number().min(0).max(usdMax).nullable()

const limitSchema = z.strictObject({
  scope: z
    .string()
    .regex(/^(?:installation|(?:user|organization|key):[\w-]{1,100})$/)
    .optional(),
  owner: z.string().min(1).max(320).optional(),
  dayUsd: limitUsd,
  monthUsd: limitUsd,
})
const limitWanted = {
  scope: message('money.limitScope'),
  owner: message('money.owner'),
  dayUsd: message('money.limitUsd', most),
  monthUsd: message('money.limitUsd', most),
}

/** Sets the limits of a scope, or of an owner by email address or name: `{ scope | owner, dayUsd, monthUsd }`. */
export async function setLimitsAsAsked(body: unknown, byUserId: string, now: Date) {
  const { scope: given, owner, dayUsd, monthUsd } = parsed(limitSchema, body, limitWanted)
  const scope = given ?? (await scopeNamed(owner))
  const micros = (usd: number | null) => (usd === null ? null : microsOf(usd))
  const limits = { dayMicros: micros(dayUsd), monthMicros: micros(monthUsd) }
  await setLimits(scope, limits, byUserId, now)
  return scope
}

async function scopeNamed(owner: string | undefined) {
  if (owner === undefined) throw invalidField('scope', limitWanted.scope)
  const { id } = await ownerNamed(owner)
  return `${isOrganization(id) ? 'organization' : 'user'}:${id}`
}
