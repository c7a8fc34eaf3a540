import { setTimeout as sleep } from 'node:timers/promises'
import type { EmulatedEvent, EmulatedFunction, InngestSettings } from './inngest-emulator.ts'
import { signatureOf } from './inngest-signatures.ts'

/** A run as the executor has it on its books. */
export interface EmulatedRun {
  id: string
  functionId: string
  event: EmulatedEvent
  state: 'running' | 'completed' | 'failed'
  /** What the function returned, or why it failed. */
  output: unknown
  /** Results of steps, by their ids: each is asked for once. */
  steps: Record<string, { type: 'data'; data: unknown } | { type: 'error'; error: unknown }>
  /** How often the function was called. */
  calls: number
  attempt: number
}

/** What a function answers of a step. */
interface Operation {
  id: string
  op: string
  name?: string
  data?: unknown
  error?: unknown
}

interface Executor extends Required<Pick<InngestSettings, 'signingKey' | 'callsTwice' | 'haste'>> {
  /** Aborted when the executor vanishes. */
  signal: AbortSignal
}

const attemptsAtMost = 12

/** Goes on with a run until it is over, from the steps that are done. Throws where the executor vanishes. */
export async function execute(run: EmulatedRun, fn: EmulatedFunction, executor: Executor) {
  let stepId = 'step'
  while (run.state === 'running') {
    executor.signal.throwIfAborted()
    const answer = await call(run, fn, stepId, executor)
    stepId = 'step'
    if (!answer) await sleep(50, undefined, { signal: executor.signal })
    else if (answer.status === 206) stepId = await take(run, answer.body as Operation[], executor)
    else if (answer.status === 200) Object.assign(run, { state: 'completed', output: answer.body })
    else await fail(run, answer, executor)
  }
}

interface Told {
  status: number
  noRetry: boolean
  body: unknown
}

/** Calls the function, or calls it twice at once where that is ordered; undefined where it does not answer. */
async function call(run: EmulatedRun, fn: EmulatedFunction, stepId: string, executor: Executor) {
  const times = executor.callsTwice ? 2 : 1
  const answers = await Promise.all(
    Array.from({ length: times }, () => ask(run, fn, stepId, executor)),
  )
  executor.signal.throwIfAborted()
  return answers.find((one) => one !== undefined)
}

async function ask(
  run: EmulatedRun,
  fn: EmulatedFunction,
  stepId: string,
  { signingKey, signal }: Executor,
): Promise<Told | undefined> {
  run.calls++
  const body = bodyOf(run, fn)
  const url = new URL(fn.url)
  url.searchParams.set('stepId', stepId)
  const headers = {
    'content-type': 'application/json',
    'x-inngest-signature': signatureOf(signingKey, body),
  }
  try {
    const init = { method: 'POST', headers, body: JSON.stringify(body), signal }
    const response = await fetch(url, init)
    const text = await response.text()
    const noRetry = response.headers.get('x-inngest-no-retry') === 'true'
    return { status: response.status, noRetry, body: parsed(text) }
  } catch {
    return undefined
  }
}

function bodyOf({ id, event, steps, attempt }: EmulatedRun, fn: EmulatedFunction) {
  const stack = { stack: Object.keys(steps), current: Object.keys(steps).length }
  return {
    ctx: {
      run_id: id,
      fn_id: fn.id,
      attempt,
      max_attempts: attemptsAtMost,
      disable_immediate_execution: false,
      use_api: false,
      stack,
    },
    event,
    events: [event],
    steps,
    use_api: false,
    version: 2,
  }
}

/** Keeps what came of steps; answers the step to ask for next. */
async function take(run: EmulatedRun, operations: Operation[], { haste, signal }: Executor) {
  let next = 'step'
  for (const { id, op, name = '', data = null, error } of [operations].flat()) {
    if (op === 'StepPlanned') next = id
    else if (op === 'Sleep') {
      await sleep(millisecondsOf(name) / haste, undefined, { signal })
      run.steps[id] = { type: 'data', data: null }
    } else if (op === 'StepError' && run.attempt + 1 < attemptsAtMost) {
      run.attempt++
      await sleep(1_000 / haste, undefined, { signal })
    } else {
      run.attempt = 0
      const failed = op === 'StepError' || op === 'StepFailed'
      run.steps[id] = failed ? { type: 'error', error } : { type: 'data', data }
    }
  }
  return next
}

async function fail(run: EmulatedRun, { status, noRetry, body }: Told, executor: Executor) {
  if (noRetry || status === 401 || ++run.attempt >= attemptsAtMost)
    Object.assign(run, { state: 'failed', output: body })
  else await sleep(1_000 / executor.haste, undefined, { signal: executor.signal })
}

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

function millisecondsOf(time: string) {
  const parts = [...time.matchAll(/(\d+)([smhd])/g)]
  return parts.reduce((sum, [, n, unit]) => sum + Number(n) * units[unit as keyof typeof units], 0)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
