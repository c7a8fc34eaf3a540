import { type CallGuard, type CallGuardOptions, createCallGuard } from './call-guard.ts'
import { unreachable } from './failures.ts'
import { ProviderError } from './provider-error.ts'
import type { Provider } from './provider.ts'

export interface ResilienceOptions {
  /** Calls of this process that are out at once; the others wait their turn. Default: `submit` 3 or what the provider says, `check` 4, `fetch` 2. */
  callsAtOnce?: Partial<CallGuardOptions['callsAtOnce']>
  /** Default: 5 failures in a row, then a minute of rest. */
  breaker?: CallGuardOptions['breaker']
  /**
   * The longest a call may be out, in ms. Default: `prepare` 3 min, `submit` 90 s or what the provider says, `fetch` 30
   * min (an adapter ends one that falls silent), the others 30 s.
   */
  timeouts?: Partial<CallGuardOptions['timeouts']>
}

export type ResilientProvider = Provider & Pick<CallGuard, 'circuit'>

const defaultTimeouts: CallGuardOptions['timeouts'] = {
  prepare: 3 * 60_000,
  submit: 90_000,
  check: 30_000,
  find: 30_000,
  adopt: 30_000,
  cancel: 30_000,
  health: 30_000,
  fetch: 30 * 60_000,
}

/**
 * A provider that is never asked too much at once, for too long, or while it fails. Every call is made once: retries
 * belong to the generation's row. A `prepare` that fails in any way made no job, and says so; a `submit` that took too
 * long may have made one. What the provider cannot do, this one cannot either.
 */
export function resilientProvider(
  provider: Provider,
  options: ResilienceOptions = {},
): ResilientProvider {
  const { label, find, adopt, cancel, fetch, longSubmits } = provider
  const { circuit, run } = createCallGuard({
    label,
    callsAtOnce: {
      submit: longSubmits?.atOnce ?? 3,
      check: 4,
      fetch: 2,
      ...options.callsAtOnce,
    },
    breaker: options.breaker ?? { failures: 5, halfOpenAfterMs: 60_000 },
    timeouts: {
      ...defaultTimeouts,
      ...(longSubmits && { submit: longSubmits.ms }),
      ...options.timeouts,
    },
  })
  const resilient: ResilientProvider = {
    ...provider,
    circuit,
    async prepare(request, context) {
      try {
        return await run('prepare', context, (own) => provider.prepare(request, own))
      } catch (error) {
        throw withoutJob(label, error)
      }
    },
    submit: (prepared, idempotencyKey, context) =>
      run('submit', context, (own) => provider.submit(prepared, idempotencyKey, own)),
    check: (operation, context) => run('check', context, (own) => provider.check(operation, own)),
    health: (context) => run('health', context, (own) => provider.health(own)),
  }
  if (find)
    resilient.find = (idempotencyKey, context) =>
      run('find', context, (own) => find(idempotencyKey, own))
  if (adopt)
    resilient.adopt = (providerJobId, request, context) =>
      run('adopt', context, (own) => adopt(providerJobId, request, own))
  if (cancel)
    resilient.cancel = (operation, context) =>
      run('cancel', context, (own) => cancel(operation, own))
  if (fetch)
    resilient.fetch = (operation, path, context) =>
      run('fetch', context, (own) => fetch(operation, path, own))
  return resilient
}

/** The error of a `prepare`, which proves that no job was made, whatever the adapter or a bug in it says. */
function withoutJob(label: string, error: unknown) {
  if (!(error instanceof ProviderError)) return unreachable(label, error)
  if (error.submitOutcome === 'no_job') return error
  const { code, retryable, userMessage, retryAfterSeconds, message: logMessage } = error
  if (code === 'unknown_submit_outcome') return unreachable(label, error)
  return new ProviderError(code, {
    submitOutcome: 'no_job',
    retryable,
    userMessage,
    logMessage,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    cause: error,
  })
}
