import { hash, randomBytes } from 'node:crypto'
import { type SQL, and, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type CodeBatchView, noteMaxLength, usdMax } from '#lib/contract/people/credits'
import { microsOf, usdOf } from '#lib/contract/money'
import { message } from '#lib/messages/message'
import { type Transaction, database, inTransaction } from '../db/client.ts'
import { redeemCode } from '../db/money-schema.ts'
import { AppError } from '../errors.ts'
import { randomText } from '../ids.ts'
import { parsed } from '../read-input.ts'
import { adopterOf } from '../db/queries/adopted.ts'
import { type Balance, balanceOf, shared } from './accounts.ts'
import { addCredits } from './grants.ts'

const countMax = 1_000
const daysMax = 3_650
const pageSize = 50
const dayMs = 86_400_000

const batchSchema = z.strictObject({
  count: z.int().min(1).max(countMax),
  usd: z.number().min(0.01).max(usdMax),
  days: z.int().min(1).max(daysMax).optional(),
  note: z.string().max(noteMaxLength).optional(),
})
const wanted = {
  count: message('money.codeCount', { max: countMax }),
  usd: message('money.codeUsd', { min: { usd: 0.01 }, max: { usd: usdMax } }),
  days: message('money.codeDays', { max: daysMax }),
  note: message('money.note', { max: noteMaxLength }),
}

/** Makes codes that are worth so much each. They are shown in this answer, and never again: only their hashes are kept. */
export async function makeCodes(body: unknown, byUserId: string, now: Date) {
  const { count, usd, days, note = null } = parsed(batchSchema, body, wanted)
  const codes = Array.from({ length: count }, newCode)
  // In the order they are made in.
  const batchId = `batch_${now.getTime().toString(36).padStart(9, '0')}${randomText(12)}`
  const expiresAt = days ? new Date(now.getTime() + days * dayMs) : null
  const all = { batchId, amountMicros: microsOf(usd), note, createdBy: byUserId, expiresAt }
  await database()
    .insert(redeemCode)
    .values(codes.map((code) => ({ ...all, codeHash: hashOf(code), createdAt: now })))
  return { batchId, codes }
}

// Without what is misread: 26 characters of 5 bits are 130 bits, more than anyone guesses.
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const codeLength = 26

function newCode() {
  const text = [...randomBytes(codeLength)].map((byte) => letters[byte % letters.length]).join('')
  return `PF-${text.slice(0, 6)}-${text.slice(6, 12)}-${text.slice(12, 19)}-${text.slice(19)}`
}

/** Of a code as it is typed: in any case, with or without its dashes, and with letters for the digits they look like. */
function hashOf(code: string) {
  const typed = code.toUpperCase().replaceAll(/[^0-9A-Z]/g, '')
  const bare = typed.replace(/^PF/, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  return hash('sha256', `redeem ${bare}`, 'hex')
}

/** Adds what a code is worth to an owner, once. One that is wrong, used, revoked or expired is told alike. */
export function redeem(
  { ownerId, userId }: { ownerId: string; userId: string },
  code: unknown,
  now: Date,
): Promise<{ amountMicros: number; balance: Balance }> {
  if (typeof code !== 'string' || code.length > 100) throw refused()
  const codeHash = hashOf(code)
  return inTransaction(async (tx) => {
    const amountMicros = await useUp(tx, codeHash, userId, now)
    const owner = await adopterOf(ownerId, tx)
    await addCredits(tx, {
      key: `code:${codeHash}`,
      kind: 'granted',
      from: shared.grants,
      amountMicros,
      ownerId: owner,
      byUserId: userId,
    })
    return { amountMicros, balance: await balanceOf(owner, tx) }
  })
}

/** Of two at once, one finds it used. */
async function useUp(tx: Transaction, codeHash: string, usedBy: string, now: Date) {
  const isUsable = and(
    eq(redeemCode.codeHash, codeHash),
    isNull(redeemCode.usedAt),
    isNull(redeemCode.revokedAt),
    sql`coalesce(${redeemCode.expiresAt} > ${now.toISOString()}::timestamptz, true)`,
  )
  const [used] = await tx
    .update(redeemCode)
    .set({ usedAt: now, usedBy })
    .where(isUsable)
    .returning({ amountMicros: redeemCode.amountMicros })
  if (!used) throw refused()
  return used.amountMicros
}

function refused() {
  return new AppError('not_found', { userMessage: message('money.codeRefused') })
}

interface BatchRow extends Record<string, unknown> {
  id: string
  micros: number
  count: number
  used: number
  revoked: number
  note: string | null
  createdAt: string
  expiresAt: string | null
}

/** Batches with how many of each are used, newest first, a page at a time: those made before the one named. */
export async function listBatches(before?: string) {
  const isBefore = (id: SQL) => sql`select max(batch_id) from redeem_code where batch_id < ${id}`
  // From batch to batch by the index, however many codes each has.
  const { rows } = await database().execute<BatchRow>(sql`
    with recursive page(batch_id, place) as (
      select (${isBefore(sql`${before ?? '~'}`)}), 1
      union all
      select (${isBefore(sql`page.batch_id`)}), place + 1 from page
        where batch_id is not null and place <= ${pageSize}
    )
    select page.batch_id as id, codes.* from page, lateral (
      select max(amount_micros)::float8 as micros, count(*)::int as count,
        count(used_at)::int as used, count(revoked_at)::int as revoked, max(note) as note,
        max(created_at) as "createdAt", max(expires_at) as "expiresAt"
      from redeem_code where redeem_code.batch_id = page.batch_id) as codes
    where page.batch_id is not null order by place`)
  const batches = rows.slice(0, pageSize)
  const next = rows.length > pageSize ? (batches.at(-1)?.id ?? null) : null
  return { batches: batches.map(batchViewOf), nextCursor: next }
}

function batchViewOf({ micros, ...row }: BatchRow): CodeBatchView {
  return {
    ...row,
    usd: usdOf(micros),
    createdAt: new Date(row.createdAt).toISOString(),
    expiresAt: row.expiresAt && new Date(row.expiresAt).toISOString(),
  }
}

/** Ends the codes of a batch that are not used yet; answers how many those were. */
export async function revokeBatch(batchId: string, now: Date): Promise<number> {
  const ended = await database()
    .update(redeemCode)
    .set({ revokedAt: now })
    .where(
      and(eq(redeemCode.batchId, batchId), isNull(redeemCode.usedAt), isNull(redeemCode.revokedAt)),
    )
    .returning({ codeHash: redeemCode.codeHash })
  return ended.length
}
