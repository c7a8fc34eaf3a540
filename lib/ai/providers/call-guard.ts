import { message } from '#lib/messages/message'
import {
  TaskCancelledError,
  TimeoutStrategy,
  bulkhead,
  isTaskCancelledError,
  timeout,
} from 'cockatiel'
import { type Circuit, type CircuitOptions, createCircuit } from './circuit.ts'
import { lostAnswer } from './failures.ts'
import { ProviderError } from './provider-error.ts'
import type { ProviderContext } from './provider.ts'

/** The calls that go out to a provider. */
export type CallKind =
  | 'prepare'
  | 'submit'
  | 'check'
  | 'find'
  | 'adopt'
  | 'cancel'
  | 'health'
  | 'fetch'

/** Calls of one lane wait for each other; those of different lanes never do. */
export type CallLane = 'submit' | 'check' | 'fetch'

const laneOf: Record<CallKind, CallLane> = {
  prepare: 'submit',
  submit: 'submit',
  check: 'check',
  find: 'check',
  adopt: 'check',
  cancel: 'check',
  health: 'check',
  fetch: 'fetch',
}

export interface CallGuardOptions {
  /** How users read the provider's name. */
  label: string
  /** Calls of this process that are out at once, by lane. */
  callsAtOnce: Record<CallLane, number>
  breaker: CircuitOptions
  /** The longest a call may be out, in ms. */
  timeouts: Record<CallKind, number>
}

type Call<T> = (context: ProviderContext) => Promise<T>

export interface CallGuard {
  circuit: Circuit['state']
  /** Makes a call once, in its turn, within its time and while the circuit lets it. A `fetch` ignores the circuit. */
  run<T>(kind: CallKind, context: ProviderContext, call: Call<T>): Promise<T>
}

/** Bulkheads, time limits and circuit breaker around every call to one provider. It adds no errors but `ProviderError`. */
export function createCallGuard(options: CallGuardOptions): CallGuard {
  const { label, timeouts, callsAtOnce } = options
  const circuit = createCircuit(label, options.breaker)
  const slots = {
    submit: bulkhead(callsAtOnce.submit, Number.POSITIVE_INFINITY),
    check: bulkhead(callsAtOnce.check, Number.POSITIVE_INFINITY),
    fetch: bulkhead(callsAtOnce.fetch, Number.POSITIVE_INFINITY),
  }

  async function run<T>(kind: CallKind, context: ProviderContext, call: Call<T>) {
    const { signal } = context
    let isOut = false
    const callOut = async () => {
      if (signal.aborted) throw new TaskCancelledError()
      isOut = true
      return inTime(call, context, timeouts[kind], () => tookTooLong(label, kind))
    }
    const inCircuit = () => (kind === 'fetch' ? callOut() : circuit.run(callOut, signal))
    try {
      const answer = slots[laneOf[kind]].execute(inCircuit, signal)
      return await orAborted(answer, signal, () => !isOut)
    } catch (error) {
      throw isTaskCancelledError(error) ? notBegun(label) : error
    }
  }

  return { circuit: circuit.state, run }
}

/** Ends a call when its time is up or its context is aborted, whether or not it heeds its signal. */
async function inTime<T>(call: Call<T>, context: ProviderContext, ms: number, late: () => Error) {
  try {
    return await timeout(ms, TimeoutStrategy.Aggressive).execute(
      ({ signal }) => call({ ...context, signal }),
      context.signal,
    )
  } catch (error) {
    throw isTaskCancelledError(error) ? late() : error
  }
}

/** The answer; but where the signal is aborted while the call has not gone out, there is nothing to wait for. */
function orAborted<T>(answer: Promise<T>, signal: AbortSignal, isWaiting: () => boolean) {
  return new Promise<T>((resolve, reject) => {
    const onAbort = () => {
      if (isWaiting()) reject(new TaskCancelledError())
    }
    signal.addEventListener('abort', onAbort)
    const done = () => signal.removeEventListener('abort', onAbort)
    answer.finally(done).then(resolve, reject)
  })
}

/** A submit that is out may have made a job; of the other calls nothing is lost. */
function tookTooLong(label: string, kind: CallKind) {
  if (kind === 'submit') return lostAnswer(label, 'no answer in time')
  const isFree = kind === 'prepare'
  return new ProviderError(isFree ? 'provider_unavailable' : 'timeout', {
    submitOutcome: isFree ? 'no_job' : 'unknown',
    retryable: true,
    userMessage: message('provider.tooSlow', { provider: label }),
    logMessage: `${label}: no answer to ${kind} in time`,
  })
}

function notBegun(label: string) {
  return new ProviderError('provider_unavailable', {
    submitOutcome: 'no_job',
    retryable: true,
    userMessage: message('provider.busy', { provider: label }),
    logMessage: `${label}: canceled before the call went out`,
  })
}
