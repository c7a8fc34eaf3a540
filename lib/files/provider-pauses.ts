import { eq, gt, sql } from 'drizzle-orm'
import type { ProviderErrorCode } from '#lib/contract/error-code'
import { database } from '../db/client.ts'
import { providerPause } from '../db/schema.ts'

/** A provider that is left alone until a moment, and why, in words for the user. */
export type ProviderPause = typeof providerPause.$inferSelect

export interface NewPause {
  provider: string
  until: Date
  errorCode: ProviderErrorCode
  reason: string
  now: Date
}

/** Takes a provider out until a moment, for every process. A longer pause stands. */
export async function pauseProvider({ now, ...pause }: NewPause) {
  const values = { ...pause, createdAt: now }
  await database()
    .insert(providerPause)
    .values(values)
    .onConflictDoUpdate({
      target: providerPause.provider,
      set: values,
      setWhere: sql`${providerPause.until} < ${pause.until.toISOString()}::timestamptz`,
    })
}

/** The pauses that hold right now, by provider. */
export async function pausesAt(now: Date): Promise<ReadonlyMap<string, ProviderPause>> {
  const rows = await database().select().from(providerPause).where(gt(providerPause.until, now))
  return new Map(rows.map((row) => [row.provider, row]))
}

/** Lets a provider in again. */
export async function endPause(provider: string) {
  await database().delete(providerPause).where(eq(providerPause.provider, provider))
}
