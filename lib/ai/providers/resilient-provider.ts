import { type CallGuard, type CallGuardOptions, createCallGuard } from './call-guard.ts'
import type { Provider } from './provider.ts'

export interface ResilienceOptions {
  /** Calls of this process that are out at once; the others wait their turn. Default 3. */
  callsAtOnce?: number
  /** Default: 5 failures in a row, then a minute of rest. */
  breaker?: CallGuardOptions['breaker']
  /** The longest a call may be out, in ms. Default: `start` 90 s, `handOver` 10 min, the others 30 s. */
  timeouts?: Partial<CallGuardOptions['timeouts']>
}

export type ResilientProvider = Provider & Pick<CallGuard, 'circuit'>

const defaultTimeouts: CallGuardOptions['timeouts'] = {
  start: 90_000,
  check: 30_000,
  find: 30_000,
  adopt: 30_000,
  cancel: 30_000,
  handOver: 10 * 60_000,
  health: 30_000,
}

/**
 * A provider that is never asked too much at once, for too long, or while it fails: bulkhead, time limits and circuit
 * breaker around every call that goes out, up to 3 tries of those that are safe to repeat. `start` and `cancel` are
 * called once; a `start` that took too long may have made a job, and says so. What the provider cannot do, this one
 * cannot either.
 */
export function resilientProvider(
  provider: Provider,
  options: ResilienceOptions = {},
): ResilientProvider {
  const { find, adopt, cancel, handOver } = provider
  const { circuit, once, safely } = createCallGuard({
    label: provider.label,
    callsAtOnce: options.callsAtOnce ?? 3,
    breaker: options.breaker ?? { failures: 5, halfOpenAfterMs: 60_000 },
    timeouts: { ...defaultTimeouts, ...options.timeouts },
  })
  const resilient: ResilientProvider = {
    ...provider,
    circuit,
    start: (request, context) => once('start', context, (own) => provider.start(request, own)),
    check: (operation, context) =>
      safely('check', context, (own) => provider.check(operation, own)),
    health: (context) => safely('health', context, (own) => provider.health(own)),
  }
  if (find) resilient.find = (token, context) => safely('find', context, (own) => find(token, own))
  if (adopt)
    resilient.adopt = (reference, request, context) =>
      safely('adopt', context, (own) => adopt(reference, request, own))
  if (cancel)
    resilient.cancel = (operation, context) =>
      once('cancel', context, (own) => cancel(operation, own))
  if (handOver)
    resilient.handOver = (operation, path, context) =>
      safely('handOver', context, (own) => handOver(operation, path, own))
  return resilient
}
