import {
  DelegateBackoff,
  type IRetryBackoffContext,
  TaskCancelledError,
  TimeoutStrategy,
  bulkhead,
  handleWhen,
  isTaskCancelledError,
  retry,
  timeout,
} from 'cockatiel'
import { type Circuit, type CircuitOptions, createCircuit } from './circuit.ts'
import { ProviderError } from './provider-error.ts'
import type { ProviderContext } from './provider.ts'

/** The calls that go out to a provider. */
export type CallKind = 'start' | 'check' | 'find' | 'adopt' | 'cancel' | 'handOver' | 'health'

export interface CallGuardOptions {
  /** How users read the provider's name. */
  label: string
  callsAtOnce: number
  breaker: CircuitOptions
  /** The longest a call may be out, in ms. */
  timeouts: Record<CallKind, number>
}

type Call<T> = (context: ProviderContext) => Promise<T>

export interface CallGuard {
  circuit: Circuit['state']
  /** Makes a call once, in its turn, within its time and while the circuit lets it. */
  once<T>(kind: CallKind, context: ProviderContext, call: Call<T>): Promise<T>
  /** The same in up to 3 tries; only for calls that are safe to repeat. */
  safely<T>(kind: CallKind, context: ProviderContext, call: Call<T>): Promise<T>
}

const longestWaitSeconds = 5

// A provider that asks for more patience than this is asked again by whoever called, not from here.
const isWorthAnotherTry = handleWhen(
  (error) =>
    error instanceof ProviderError &&
    error.retryable &&
    (error.retryAfterSeconds ?? 0) <= longestWaitSeconds,
)

const retries = retry(isWorthAnotherTry, { maxAttempts: 2, backoff: new DelegateBackoff(pauseMs) })

/** 1 to 2 s, then 2 to 4 s, at most 30 s, and never less than the provider asked for. */
function pauseMs({ attempt, result }: IRetryBackoffContext<unknown>) {
  const asked = 'error' in result && (result.error as ProviderError).retryAfterSeconds
  const ms = Math.min(1_000 * 2 ** (attempt - 1) * (1 + Math.random()), 30_000)
  return Math.max(ms, 1_000 * (asked || 0))
}

/** What stands around every call to one provider. It adds no errors but `ProviderError`. */
export function createCallGuard(options: CallGuardOptions): CallGuard {
  const { label, timeouts } = options
  const circuit = createCircuit(label, options.breaker)
  const slots = bulkhead(options.callsAtOnce, Number.POSITIVE_INFINITY)

  async function once<T>(kind: CallKind, context: ProviderContext, call: Call<T>) {
    const { signal } = context
    let isOut = false
    const callOut = async () => {
      if (signal.aborted) throw new TaskCancelledError()
      isOut = true
      const stages = new Set<string>()
      const watched: ProviderContext = { ...context, onStage: (stage) => void stages.add(stage) }
      const isUnsent = () => stages.has('preparing') && !stages.has('submitting')
      const late = () => (isUnsent() ? notHandedOver(label) : tookTooLong(label, kind))
      return inTime(call, watched, timeouts[kind], late)
    }
    try {
      const answer = slots.execute(() => circuit.run(callOut, signal), signal)
      return await orAborted(answer, signal, () => !isOut)
    } catch (error) {
      throw isTaskCancelledError(error) ? notBegun(label) : error
    }
  }

  return {
    circuit: circuit.state,
    once,
    safely: (kind, context, call) =>
      retries.execute(() => once(kind, context, call), context.signal),
  }
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

function tookTooLong(label: string, kind: CallKind) {
  const isStart = kind === 'start'
  return new ProviderError(isStart ? 'unknown_submit_outcome' : 'timeout', {
    jobMade: 'unknown',
    retryable: !isStart,
    userMessage: isStart
      ? `${label} did not answer, so nobody knows yet whether it makes this video.`
      : `${label} takes too long to answer. Try again in a minute.`,
    logMessage: `${label}: no answer to ${kind} in time`,
  })
}

/** Whatever went out until then is paid for by nobody, and what would be can go out no more. */
function notHandedOver(label: string) {
  return new ProviderError('provider_unavailable', {
    jobMade: 'no_job',
    retryable: true,
    userMessage: `The request could not be handed to ${label} in time. Try again in a minute.`,
    logMessage: `${label}: out of time before the submit went out`,
  })
}

function notBegun(label: string) {
  return new ProviderError('provider_unavailable', {
    jobMade: 'no_job',
    retryable: true,
    userMessage: `${label} is busy at the moment. Try again in a minute.`,
    logMessage: `${label}: called off before the call went out`,
  })
}
