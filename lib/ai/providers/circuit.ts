import { message } from '#lib/messages/message'
import {
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleAll,
  isBrokenCircuitError,
  isTaskCancelledError,
} from 'cockatiel'
import type { ProviderErrorCode } from '#lib/contract/problem'
import { ProviderError } from './provider-error.ts'

export interface CircuitOptions {
  /** Failures in a row that open it. */
  failures: number
  /** How long it stays open before one call is let through to see. */
  halfOpenAfterMs: number
}

export interface Circuit {
  state(): 'closed' | 'open' | 'half_open'
  /** Makes a call; throws `ProviderError` `provider_unavailable` instead where the circuit is open. */
  run<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T>
}

const outages: ReadonlySet<ProviderErrorCode> = new Set<ProviderErrorCode>([
  'provider_unavailable',
  'timeout',
  'unknown_submit_outcome',
])

/**
 * Pauses the calls to a provider that fails again and again. A refusal (no credits, bad input, too many requests) is no
 * failure: the provider works, and the count starts again.
 */
export function createCircuit(
  label: string,
  { failures, halfOpenAfterMs }: CircuitOptions,
): Circuit {
  const breaker = circuitBreaker(handleAll, {
    breaker: new ConsecutiveBreaker(failures),
    halfOpenAfter: halfOpenAfterMs,
  })
  let halfOpenAt = 0
  breaker.onBreak(() => (halfOpenAt = Date.now() + halfOpenAfterMs))

  return {
    // The breaker itself moves on only with the next call; its state here moves on with the clock.
    state() {
      if (breaker.state === CircuitState.Closed) return 'closed'
      const isResting = breaker.state === CircuitState.Open && Date.now() < halfOpenAt
      return isResting ? 'open' : 'half_open'
    },

    async run(call, signal) {
      try {
        const outcome = await breaker.execute(() => outcomeOf(call), signal)
        if ('refusal' in outcome) throw outcome.refusal
        return outcome.value
      } catch (error) {
        throw isBrokenCircuitError(error) ? paused(label, halfOpenAt) : error
      }
    },
  }
}

/** The breaker sees outages as errors, everything else as an answer. */
async function outcomeOf<T>(call: () => Promise<T>): Promise<{ value: T } | { refusal: unknown }> {
  try {
    return { value: await call() }
  } catch (error) {
    if (isOutage(error)) throw error
    return { refusal: error }
  }
}

function isOutage(error: unknown) {
  if (error instanceof ProviderError) return outages.has(error.code)
  return !isTaskCancelledError(error)
}

function paused(label: string, halfOpenAt: number) {
  const seconds = Math.max(1, Math.ceil((halfOpenAt - Date.now()) / 1000))
  return new ProviderError('provider_unavailable', {
    submitOutcome: 'no_job',
    retryable: true,
    retryAfterSeconds: seconds,
    userMessage: message('provider.paused', { provider: label }),
    logMessage: `${label}: not called, the circuit is open for another ${seconds} s`,
  })
}
