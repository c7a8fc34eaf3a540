import type { ProviderError } from '../../ai/providers/provider-error.ts'
import { log } from '../../log.ts'
import { cooldownMs, needsOperator, startCooldown } from '../cooldowns.ts'
import { retryWrite } from '../engine/retry-write.ts'
import type { AfterRefusal } from '../events.ts'
import type { GenerationRow } from '../row.ts'
import { retryDelayMs, worthWaitingMs } from './backoff.ts'
import { findNextRoute, newRoute } from './next-route.ts'
import { type StepWork, after } from './step.ts'

const triesOfSafeSubmits = 3
const triesWhenRateLimited = 10
// Two short pauses, about three seconds: then another provider is better than more patience.
const pausesBeforeAnother = 2

/**
 * What follows on a refusal that proves that no job was made: try again, have another provider step in, or fail. Only
 * such a proof leads to another submit. `calledAt` is when the call that was refused went out.
 */
export async function afterRefusal(
  work: StepWork,
  error: ProviderError,
  calledAt: Date,
): Promise<AfterRefusal> {
  const { row, deps } = work
  const now = deps.now()
  const waitMs = (error.retryAfterSeconds ?? 0) * 1_000
  const tries = error.code === 'rate_limited' ? triesWhenRateLimited : triesOfSafeSubmits
  const mayRetry = error.retryable && row.failures + 1 < tries
  const tookMs = now.getTime() - calledAt.getTime() + waitMs
  const isWorthWaiting = mayRetry && isShortOf(row, tookMs)
  // A refusal for the content is the provider's last word on it, and not to be shopped around with.
  const next =
    error.code === 'content_policy' || isWorthWaiting
      ? undefined
      : await retryWrite(() => findNextRoute(row, deps), deps.submitSignal)
  if (next) return { action: 'move', route: newRoute(next, error.userMessage) }
  if (!mayRetry) return { action: 'fail' }
  return { action: 'retry', dueAt: after(now, waitMs || retryDelayMs(row.failures)) }
}

/**
 * Whether what the same provider has taken of a video's time is still too little for another to step in: its pauses,
 * those that others caused, and calls that were long in failing. The earlier tries are taken to be like the last one.
 */
function isShortOf({ failures, wait }: GenerationRow, tookMs: number) {
  if (wait?.code === 'provider_cooldown' && tookMs > 0) return false
  return failures < pausesBeforeAnother && (failures + 1) * tookMs <= worthWaitingMs
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
