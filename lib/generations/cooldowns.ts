import { eq, gt, sql } from 'drizzle-orm'
import type { ErrorCode, ProviderErrorCode } from '#lib/contract/problem'
import type { Sentence } from '#lib/messages/message'
import type { ProviderError } from '../ai/providers/provider-error.ts'
import { database } from '../db/client.ts'
import { providerCooldown } from '../db/provider-schema.ts'

/** A provider that is not called until a moment, and why, in words for the user. */
export type Cooldown = typeof providerCooldown.$inferSelect

export interface NewCooldown {
  provider: string
  until: Date
  errorCode: ProviderErrorCode
  reason: Sentence
  now: Date
}

/** Keeps every process from calling a provider until a moment. A longer cooldown stays. */
export async function startCooldown({ now, ...cooldown }: NewCooldown) {
  const values = { ...cooldown, createdAt: now }
  await database()
    .insert(providerCooldown)
    .values(values)
    .onConflictDoUpdate({
      target: providerCooldown.provider,
      set: values,
      setWhere: sql`${providerCooldown.until} < ${cooldown.until.toISOString()}::timestamptz`,
    })
}

/** The cooldowns that hold at a moment, by provider. */
export async function cooldownsAt(now: Date): Promise<ReadonlyMap<string, Cooldown>> {
  const rows = await database()
    .select()
    .from(providerCooldown)
    .where(gt(providerCooldown.until, now))
  return new Map(rows.map((row) => [row.provider, row]))
}

export async function endCooldown(provider: string) {
  await database().delete(providerCooldown).where(eq(providerCooldown.provider, provider))
}

/** Whether only the operator can mend a provider: its key is refused, or the account is empty. */
export function needsOperator(code: ErrorCode) {
  return code === 'auth' || code === 'insufficient_credits'
}

const operatorCooldownMs = 15 * 60_000

/** How long a provider is not called after an error: as long as a 429 asks for; for the operator's trouble 15 min. */
export function cooldownMs({ code, retryAfterSeconds = 0 }: ProviderError) {
  if (needsOperator(code)) return operatorCooldownMs
  return code === 'rate_limited' ? retryAfterSeconds * 1_000 : 0
}
