import type { ProviderError } from '../../ai/providers/provider-error.ts'
import { log } from '../../log.ts'
import { cooldownMs, needsOperator, startCooldown } from '../cooldowns.ts'
import { retryWrite } from '../engine/retry-write.ts'
import type { AfterRefusal } from '../events.ts'
import { retryDelayMs, worthWaitingMs } from './backoff.ts'
import { findNextRoute, newRoute } from './next-route.ts'
import { type StepWork, after } from './step.ts'

const triesOfSafeSubmits = 3
const triesWhenRateLimited = 10
// Two short pauses, about three seconds: then another provider is better than more patience.
const triesBeforeAnother = 2

/**
 * What follows on a refusal that proves that no job was made: try again, have another provider step in, or fail. Only
 * such a proof leads to another submit.
 */
export async function afterRefusal(work: StepWork, error: ProviderError): Promise<AfterRefusal> {
  const { row, deps } = work
  const now = deps.now()
  const waitMs = (error.retryAfterSeconds ?? 0) * 1_000
  const tries = error.code === 'rate_limited' ? triesWhenRateLimited : triesOfSafeSubmits
  const mayRetry = error.retryable && row.failures + 1 < tries
  const isWorthWaiting =
    mayRetry && waitMs <= worthWaitingMs && row.failures + 1 < Math.min(tries, maxPatience(error))
  // A refusal for the content is the provider's last word on it, and not to be shopped around with.
  const next =
    error.code === 'content_policy' || isWorthWaiting
      ? undefined
      : await retryWrite(() => findNextRoute(row, deps), deps.submitSignal)
  if (next) return { action: 'move', route: newRoute(next, error.userMessage) }
  if (!mayRetry) return { action: 'fail' }
  return { action: 'retry', dueAt: after(now, waitMs || retryDelayMs(row.failures)) }
}

/** A 429 without a time says nothing of how long it lasts. */
function maxPatience({ code }: ProviderError) {
  return code === 'rate_limited' ? triesBeforeAnother + 1 : triesOfSafeSubmits
}

/** 429 keeps us from calling the provider for as long as it asks; 401 and 402 until the operator has seen to it. */
export async function startCooldownOf({ row, deps }: StepWork, error: ProviderError) {
  const ms = cooldownMs(error)
  if (ms === 0 || !deps.providers.has(row.provider)) return
  if (needsOperator(error.code))
    log().error({ provider: row.provider, code: error.code }, 'a provider needs its operator')
  const now = deps.now()
  const { code: errorCode, userMessage: reason } = error
  const cooldown = { provider: row.provider, until: after(now, ms), errorCode, reason, now }
  await retryWrite(() => startCooldown(cooldown), deps.submitSignal)
}
