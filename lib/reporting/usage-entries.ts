import { inArray } from 'drizzle-orm'
import { pricedMicros, usdOf } from '#lib/contract/money'
import type { UsageAttempt, UsageEntry } from '#lib/contract/people/usage'
import { type Sentence, message } from '#lib/messages/message'
import { database } from '../db/client.ts'
import { findModel } from '../ai/models/catalogue.ts'
import { type AttemptRow, attempt, generation } from '../db/generation-schema.ts'
import type { HoldRow } from '../money/holds.ts'

/** With its sentences as messages still. */
export type UsageEntryRefs = Omit<UsageEntry, 'reason' | 'attempts'> & {
  reason: Sentence
  attempts: (Omit<UsageAttempt, 'reason'> & { reason: Sentence })[]
}

/** Holds with their videos and attempts: three queries, whatever their number. */
export async function usageEntries(holds: readonly HoldRow[]): Promise<UsageEntryRefs[]> {
  if (holds.length === 0) return []
  const ids = holds.map(({ generationId }) => generationId)
  const [attempts, prompts] = await Promise.all([
    database()
      .select()
      .from(attempt)
      .where(inArray(attempt.generationId, ids))
      .orderBy(attempt.number),
    database()
      .select({ id: generation.id, prompt: generation.prompt, deletedAt: generation.deletedAt })
      .from(generation)
      .where(inArray(generation.id, ids)),
  ])
  const attemptsOf = Map.groupBy(attempts, ({ generationId }) => generationId)
  const promptOf = new Map(prompts.map((row) => [row.id, row.deletedAt ? null : row.prompt]))
  return holds.map((one) => ({
    ...moneyOf(one),
    prompt: promptOf.get(one.generationId) ?? null,
    attempts: (attemptsOf.get(one.generationId) ?? []).map((each) => attemptOf(each, one)),
  }))
}

function moneyOf(one: HoldRow) {
  const { chargedMicros, amountMicros, uncertainSince } = one
  const isSettled = chargedMicros !== null
  return {
    fileId: one.generationId,
    model: one.model,
    modelLabel: modelLabelOf(one.model),
    state: uncertainSince
      ? ('uncertain' as const)
      : isSettled
        ? ('settled' as const)
        : ('held' as const),
    heldUsd: usdOf(amountMicros),
    chargedUsd: isSettled ? usdOf(chargedMicros) : null,
    returnedUsd: isSettled ? usdOf(amountMicros - chargedMicros) : null,
    ownUsd: usdOf(one.ownCostMicros),
    reason: reasonOf(one),
    userId: one.userId,
    keyId: one.keyId,
    createdAt: one.createdAt.toISOString(),
    settledAt: one.settledAt?.toISOString() ?? null,
  }
}

/** What users call a model; a hold outlives its video, and its model's place in the catalogue. */
export function modelLabelOf(id: string) {
  return findModel(id)?.label ?? id
}

function reasonOf({ chargedMicros, amountMicros, uncertainSince }: HoldRow) {
  if (chargedMicros === null)
    return message(`money.reason.${uncertainSince ? 'uncertain' : 'held'}`)
  const charged = { usd: usdOf(chargedMicros) }
  const returned = { usd: usdOf(amountMicros - chargedMicros) }
  if (chargedMicros === 0) return message('money.reason.free', { returned })
  if (chargedMicros === amountMicros) return message('money.reason.charged', { charged })
  return message('money.reason.partly', { charged, returned })
}

/** In the user's prices, as the card has it. */
function attemptOf(
  { costMicros, startedAt, endedAt, ...one }: AttemptRow,
  { priceFactor }: Pick<HoldRow, 'priceFactor'>,
) {
  return {
    number: one.number,
    provider: one.providerLabel,
    outcome: one.outcome,
    reason: one.reason,
    costUsd: costMicros === null ? null : usdOf(pricedMicros(costMicros, priceFactor)),
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  }
}
