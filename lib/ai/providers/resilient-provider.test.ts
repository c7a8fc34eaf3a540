import { says } from '../../../tests/support/says.ts'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ProviderErrorCode } from '#lib/contract/problem'
import { ProviderError } from './provider-error.ts'
import type { CheckResult, Provider, ProviderContext, ProviderRequest } from './provider.ts'
import type { CallKind } from './call-guard.ts'
import { resilientProvider } from './resilient-provider.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const operation = { job: 1 }
const prepared = { body: 1 }
const request: ProviderRequest = {
  kind: 'video',
  model: 'm',
  prompt: 'a fox',
  negativePrompt: null,
  aspectRatio: '16:9',
  resolution: '720p',
  width: 1280,
  height: 720,
  durationSeconds: 5,
  seed: 1,
  generateAudio: false,
  inputs: [],
}
const pending: CheckResult = { status: 'pending' }

function contextOf(controller = new AbortController()): ProviderContext {
  return {
    fetch: () => Promise.reject(new Error('no network in this test')),
    now: () => new Date(),
    signal: controller.signal,
    webhookUrl: null,
  }
}

const kinds = ['prepare', 'submit', 'check', 'find', 'adopt', 'cancel', 'fetch', 'health'] as const

/** A provider whose calls are all counted and answered by what a test says. */
function fake(methods: Partial<Provider> = {}) {
  const calls: string[] = []
  const provider: Provider = {
    id: 'fake',
    label: 'Fake',
    prepare: async () => prepared,
    submit: async () => ({ operation }),
    check: async () => pending,
    health: async () => ({ state: 'ok' }),
    ...methods,
  }
  for (const name of kinds) {
    const method = provider[name] as ((...args: unknown[]) => unknown) | undefined
    if (!method) continue
    const counted = (...args: unknown[]) => {
      calls.push(name)
      return method(...args)
    }
    Object.assign(provider, { [name]: counted })
  }
  return { provider, calls }
}

function failure(
  code: ProviderErrorCode = 'provider_unavailable',
  differences: Partial<ConstructorParameters<typeof ProviderError>[1]> = {},
) {
  return new ProviderError(code, {
    submitOutcome: 'no_job',
    retryable: true,
    userMessage: 'Fake is not available.',
    logMessage: 'scripted',
    ...differences,
  })
}

function failing(error: unknown) {
  return async () => {
    throw error
  }
}
const silence = () => new Promise<never>(() => {})

/** What a call came to, value or error, however long it took. */
async function outcomeOf(call: Promise<unknown>, ms = 60 * 60_000) {
  const outcome = call.catch((error: unknown) => error)
  await vi.advanceTimersByTimeAsync(ms)
  return outcome
}

describe('the wrapped provider', () => {
  test('can do what the provider can, and nothing else', () => {
    const bare = resilientProvider(fake().provider)
    for (const name of [
      'find',
      'adopt',
      'cancel',
      'fetch',
      'watch',
      'releaseProviderFiles',
      'close',
    ])
      expect(bare).not.toHaveProperty(name)
    const rich = {
      find: async () => null,
      adopt: async () => null,
      cancel: async () => {},
      fetch: async () => {},
    }
    for (const name of Object.keys(rich))
      expect(resilientProvider(fake(rich).provider)).toHaveProperty(name)
  })

  test('passes on what does not go out, untouched', () => {
    const through = {
      consoleUrl: 'https://fake.example/jobs',
      isOnThisMachine: true,
      readWebhook: () => null,
      headersFor: () => ({}),
      releaseProviderFiles: async () => {},
      close: async () => {},
      async *watch() {},
    }
    expect(resilientProvider(fake(through).provider)).toMatchObject({
      id: 'fake',
      label: 'Fake',
      ...through,
    })
  })

  test('hands every argument on', async () => {
    const seen: unknown[] = []
    const note = async (...args: unknown[]) => {
      seen.push(args.slice(0, -1))
      return null as never
    }
    const methods = { prepare: note, submit: note, check: note, find: note, adopt: note }
    const { provider } = fake({ ...methods, cancel: note, fetch: note, health: note })
    const resilient = resilientProvider(provider)
    const context = contextOf()
    await resilient.prepare(request, context)
    await resilient.submit(prepared, 'key_1', context)
    await resilient.check(operation, context)
    await resilient.find?.('key_1', context)
    await resilient.adopt?.('job 1', request, context)
    await resilient.cancel?.(operation, context)
    await resilient.fetch?.(operation, '/tmp/film.mp4', context)
    await resilient.health(context)
    expect(seen).toEqual([
      [request],
      [prepared, 'key_1'],
      [operation],
      ['key_1'],
      ['job 1', request],
      [operation],
      [operation, '/tmp/film.mp4'],
      [],
    ])
  })
})

const calls: [CallKind, (resilient: Provider, context: ProviderContext) => Promise<unknown>][] = [
  ['prepare', (resilient, context) => resilient.prepare(request, context)],
  ['submit', (resilient, context) => resilient.submit(prepared, 'key_1', context)],
  ['check', (resilient, context) => resilient.check(operation, context)],
  ['find', (resilient, context) => resilient.find!('key_1', context)],
  ['adopt', (resilient, context) => resilient.adopt!('job 1', request, context)],
  ['cancel', (resilient, context) => resilient.cancel!(operation, context)],
  ['fetch', (resilient, context) => resilient.fetch!(operation, 'film.mp4', context)],
  ['health', (resilient, context) => resilient.health(context)],
]

describe('an error', () => {
  test.each(calls)('of %s is passed on, and the call not made again', async (name, call) => {
    const error = failure('rate_limited', { retryAfterSeconds: 1 })
    const { provider, calls: made } = fake({ [name]: failing(error) })
    expect(await outcomeOf(call(resilientProvider(provider), contextOf()))).toBe(error)
    expect(made).toEqual([name])
  })

  const unknown = { submitOutcome: 'unknown', retryable: false } as const
  test.each([
    ['a bug', new TypeError('a bug'), 'provider_unavailable'],
    ['no error at all', 'words', 'provider_unavailable'],
    ['an unknown outcome', failure('unknown_submit_outcome', unknown), 'provider_unavailable'],
    ['a time-out', failure('timeout', unknown), 'timeout'],
    ['a job that was made', failure('generation_failed', { submitOutcome: 'job_made' }), null],
  ])('of prepare proves that no job was made, also %s', async (_words, error, code) => {
    const { provider } = fake({ prepare: failing(error) })
    const outcome = await outcomeOf(resilientProvider(provider).prepare(request, contextOf()))
    expect(outcome).toBeInstanceOf(ProviderError)
    expect(outcome).toMatchObject({ code: code ?? 'generation_failed', submitOutcome: 'no_job' })
  })

  test('of submit that is a bug is passed on as one', async () => {
    const error = new TypeError('a bug')
    const { provider } = fake({ submit: failing(error) })
    const outcome = outcomeOf(resilientProvider(provider).submit(prepared, 'key_1', contextOf()))
    expect(await outcome).toBe(error)
  })
})

describe('a call that takes too long', () => {
  test('leaves the outcome of a submit unknown', async () => {
    let signal: AbortSignal | undefined
    const { provider, calls } = fake({
      submit: (_prepared, _key, context) => {
        signal = context.signal
        return silence()
      },
    })
    const resilient = resilientProvider(provider)
    const submit = outcomeOf(resilient.submit(prepared, 'key_1', contextOf()), 90_000)
    expect(await submit).toMatchObject({
      code: 'unknown_submit_outcome',
      submitOutcome: 'unknown',
      retryable: false,
    })
    expect(signal?.aborted).toBe(true)
    expect(calls).toEqual(['submit'])
  })

  test('made no job where it was a prepare', async () => {
    const { provider } = fake({ prepare: silence })
    const prepare = resilientProvider(provider).prepare(request, contextOf())
    expect(await outcomeOf(prepare, 3 * 60_000)).toMatchObject({
      code: 'provider_unavailable',
      submitOutcome: 'no_job',
      retryable: true,
      userMessage: says(/Fake takes too long/),
    })
  })

  test('made no job where a prepare was canceled on its way', async () => {
    const controller = new AbortController()
    const { provider } = fake({ prepare: silence })
    const prepare = resilientProvider(provider).prepare(request, contextOf(controller))
    setTimeout(() => controller.abort(), 1_000)
    expect(await outcomeOf(prepare, 1_000)).toMatchObject({ submitOutcome: 'no_job' })
  })

  test('leaves a submit unknown where it was canceled on its way', async () => {
    const controller = new AbortController()
    const { provider } = fake({ submit: silence })
    const submit = resilientProvider(provider).submit(prepared, 'key_1', contextOf(controller))
    setTimeout(() => controller.abort(), 1_000)
    expect(await outcomeOf(submit, 1_000)).toMatchObject({ submitOutcome: 'unknown' })
  })

  test('ends a check', async () => {
    const { provider } = fake({ check: silence })
    const check = resilientProvider(provider).check(operation, contextOf())
    expect(await outcomeOf(check)).toMatchObject({ code: 'timeout' })
  })

  test('may be given another limit', async () => {
    const { provider } = fake({ cancel: silence })
    const resilient = resilientProvider(provider, { timeouts: { cancel: 50 } })
    const cancel = resilient.cancel!(operation, contextOf())
    expect(await outcomeOf(cancel, 50)).toMatchObject({ code: 'timeout' })
  })

  test('is one of the time its provider names, where a submit brings the result', async () => {
    const slow = (ms: number) =>
      fake({
        submit: () => new Promise((resolve) => setTimeout(() => resolve({ operation }), ms)),
        longSubmits: { ms: 300_000, atOnce: 100 },
      }).provider
    const submit = (ms: number) =>
      outcomeOf(resilientProvider(slow(ms)).submit(prepared, 'key_1', contextOf()), 300_000)
    expect(await submit(299_000)).toEqual({ operation })
    expect(await submit(301_000)).toMatchObject({ submitOutcome: 'unknown' })
  })

  test('leaves a fetch the time it needs', async () => {
    const { provider } = fake({
      fetch: () => new Promise((resolve) => setTimeout(resolve, 29 * 60_000)),
    })
    const fetch = resilientProvider(provider).fetch!(operation, 'film.mp4', contextOf())
    expect(await outcomeOf(fetch)).toBeUndefined()
  })
})

describe('the turns', () => {
  /** Calls that stay out until they are let go. */
  function held() {
    const letGo: (() => void)[] = []
    const submit: Provider['submit'] = () =>
      new Promise((resolve) => letGo.push(() => resolve({ operation })))
    return { letGo, ...fake({ submit }) }
  }

  test('let three submits out at once and the others wait', async () => {
    const { provider, calls, letGo } = held()
    const resilient = resilientProvider(provider)
    const submits = Array.from({ length: 50 }, () =>
      resilient.submit(prepared, 'key_1', contextOf()),
    )
    await vi.advanceTimersByTimeAsync(0)
    expect(calls).toHaveLength(3)
    letGo.shift()?.()
    await vi.advanceTimersByTimeAsync(0)
    expect(calls).toHaveLength(4)
    while (letGo.length > 0) {
      letGo.shift()?.()
      await vi.advanceTimersByTimeAsync(0)
    }
    expect(await Promise.all(submits)).toHaveLength(50)
  })

  test('let as many submits out as their provider says', async () => {
    const { provider, calls } = held()
    const resilient = resilientProvider({ ...provider, longSubmits: { ms: 1_000, atOnce: 5 } })
    for (let asked = 0; asked < 9; asked++)
      void resilient.submit(prepared, 'key_1', contextOf()).catch(() => undefined)
    await vi.advanceTimersByTimeAsync(0)
    expect(calls).toHaveLength(5)
  })

  test('are of three kinds, none of which waits for another', async () => {
    const hung = Object.fromEntries(kinds.map((name) => [name, silence]))
    const { provider, calls: made } = fake(hung)
    const resilient = resilientProvider(provider)
    const callOf = new Map(calls)
    for (let one = 0; one < 9; one++)
      for (const name of ['fetch', 'submit', 'check'] as const)
        void callOf.get(name)!(resilient, contextOf()).catch(() => undefined)
    await vi.advanceTimersByTimeAsync(0)
    const out = (name: CallKind) => made.filter((one) => one === name).length
    expect([out('submit'), out('check'), out('fetch')]).toEqual([3, 4, 2])
  })

  test.each([
    ['submit', ['prepare']],
    ['check', ['find', 'adopt', 'cancel', 'health']],
  ] as const)('of %s are shared with %j', async (first, others) => {
    const hung = Object.fromEntries(kinds.map((name) => [name, silence]))
    const { provider, calls: made } = fake(hung)
    const resilient = resilientProvider(provider, { callsAtOnce: { submit: 1, check: 1 } })
    const callOf = new Map<CallKind, (typeof calls)[number][1]>(calls)
    for (const name of [first, ...others])
      void callOf.get(name)!(resilient, contextOf()).catch(() => undefined)
    await vi.advanceTimersByTimeAsync(0)
    expect(made).toEqual([first])
  })

  test('are not counted against the time of a call', async () => {
    const { provider, letGo } = held()
    const resilient = resilientProvider(provider, { callsAtOnce: { submit: 1 } })
    const first = resilient.submit(prepared, 'key_1', contextOf())
    const second = resilient.submit(prepared, 'key_1', contextOf())
    await vi.advanceTimersByTimeAsync(80_000)
    letGo.shift()?.()
    await vi.advanceTimersByTimeAsync(80_000)
    letGo.shift()?.()
    expect(await Promise.all([first, second])).toEqual([{ operation }, { operation }])
  })

  test('end at once for a submit that is canceled, and it never goes out', async () => {
    const { provider, calls, letGo } = held()
    const resilient = resilientProvider(provider, { callsAtOnce: { submit: 1 } })
    const controller = new AbortController()
    const first = resilient.submit(prepared, 'key_1', contextOf())
    const second = outcomeOf(resilient.submit(prepared, 'key_1', contextOf(controller)), 0)
    controller.abort()
    expect(await second).toMatchObject({ code: 'provider_unavailable', submitOutcome: 'no_job' })
    letGo.shift()?.()
    expect(await first).toEqual({ operation })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(calls).toEqual(['submit'])
  })

  test('are not taken by what was canceled before', async () => {
    const { provider, calls } = fake()
    const controller = new AbortController()
    controller.abort()
    const resilient = resilientProvider(provider)
    const submit = outcomeOf(resilient.submit(prepared, 'key_1', contextOf(controller)))
    expect(await submit).toMatchObject({ submitOutcome: 'no_job', retryable: true })
    const check = outcomeOf(resilient.check(operation, contextOf(controller)))
    expect(await check).toMatchObject({ code: 'provider_unavailable' })
    expect(calls).toEqual([])
  })
})

describe('the circuit', () => {
  const unknown = failure('unknown_submit_outcome', { submitOutcome: 'unknown', retryable: false })
  const outages: [string, unknown][] = [
    ['an outage', failure()],
    ['a timeout', failure('timeout')],
    ['an unknown outcome', unknown],
    ['a bug', new TypeError('a bug')],
  ]
  const paused = {
    code: 'provider_unavailable',
    submitOutcome: 'no_job',
    retryable: true,
    userMessage: says('Fake keeps failing. Requests to it are paused for a minute.'),
  }

  async function submitTimes(resilient: Provider, times: number) {
    for (let one = 0; one < times; one++)
      await outcomeOf(resilient.submit(prepared, 'key_1', contextOf()), 0)
  }

  test.each(outages)('opens at the fifth time in a row of %s', async (_words, error) => {
    const { provider, calls } = fake({ submit: failing(error) })
    const resilient = resilientProvider(provider)
    await submitTimes(resilient, 4)
    expect(resilient.circuit()).toBe('closed')
    expect(await outcomeOf(resilient.submit(prepared, 'key_1', contextOf()), 0)).toBe(error)
    expect(resilient.circuit()).toBe('open')
    const refused = await outcomeOf(resilient.submit(prepared, 'key_1', contextOf()), 0)
    expect(refused).toBeInstanceOf(ProviderError)
    expect(refused).toMatchObject({ ...paused, retryAfterSeconds: 60 })
    expect(calls).toHaveLength(5)
  })

  test('opens by calls that take too long', async () => {
    const resilient = resilientProvider(fake({ submit: silence }).provider)
    for (let one = 0; one < 5; one++)
      await outcomeOf(resilient.submit(prepared, 'key_1', contextOf()), 90_000)
    expect(resilient.circuit()).toBe('open')
  })

  const refusals: ProviderErrorCode[] = [
    'auth',
    'insufficient_credits',
    'invalid_input',
    'content_policy',
    'rate_limited',
    'not_found_or_expired',
  ]
  test.each(refusals)('stays closed for %s, which ends a row of failures', async (code) => {
    const errors = [...Array(4).fill(failure()), failure(code), ...Array(4).fill(failure())]
    const { provider, calls } = fake({ submit: async () => Promise.reject(errors.shift()) })
    const resilient = resilientProvider(provider)
    await submitTimes(resilient, 9)
    expect(resilient.circuit()).toBe('closed')
    expect(calls).toHaveLength(9)
  })

  test.each(calls.filter(([name]) => name !== 'fetch'))(
    'is one for all calls: %s counts',
    async (name, call) => {
      const { provider } = fake({ [name]: failing(failure()) })
      const resilient = resilientProvider(provider)
      for (let one = 0; one < 5; one++) await outcomeOf(call(resilient, contextOf()), 0)
      expect(resilient.circuit()).toBe('open')
      expect(await outcomeOf(resilient.check(operation, contextOf()), 0)).toMatchObject(paused)
    },
  )

  test('is nothing to a fetch: neither counted nor paused', async () => {
    const { provider, calls } = fake({
      check: failing(failure()),
      fetch: failing(failure('provider_unavailable', { retryAfterSeconds: 3 })),
    })
    const resilient = resilientProvider(provider)
    for (let one = 0; one < 9; one++)
      await outcomeOf(resilient.fetch!(operation, 'film.mp4', contextOf()), 0)
    expect(resilient.circuit()).toBe('closed')
    for (let one = 0; one < 5; one++) await outcomeOf(resilient.check(operation, contextOf()), 0)
    expect(resilient.circuit()).toBe('open')
    const fetched = outcomeOf(resilient.fetch!(operation, 'film.mp4', contextOf()), 0)
    expect(await fetched).toMatchObject({ retryAfterSeconds: 3 })
    expect(calls.filter((name) => name === 'fetch')).toHaveLength(10)
  })

  test('says how long it stays open, and lets one call see after a minute', async () => {
    let isWell = false
    const { provider, calls } = fake({
      submit: async () => (isWell ? { operation } : Promise.reject(failure())),
    })
    const resilient = resilientProvider(provider)
    await submitTimes(resilient, 5)
    await vi.advanceTimersByTimeAsync(40_000)
    const refused = outcomeOf(resilient.submit(prepared, 'key_1', contextOf()), 0)
    expect(await refused).toMatchObject({ ...paused, retryAfterSeconds: 20 })
    await vi.advanceTimersByTimeAsync(20_000)
    await submitTimes(resilient, 1)
    expect(calls).toHaveLength(6)
    expect(resilient.circuit()).toBe('open')
    await vi.advanceTimersByTimeAsync(60_000)
    isWell = true
    await submitTimes(resilient, 1)
    expect(resilient.circuit()).toBe('closed')
    expect(calls).toHaveLength(7)
  })

  test('lets only one call see while it is half open', async () => {
    let isWell = false
    const { provider, calls } = fake({
      check: () =>
        isWell ? silence() : Promise.reject(failure('provider_unavailable', { retryable: false })),
    })
    const resilient = resilientProvider(provider)
    for (let one = 0; one < 5; one++) await outcomeOf(resilient.check(operation, contextOf()), 0)
    await vi.advanceTimersByTimeAsync(60_000)
    isWell = true
    const looks = [1, 2].map(() => outcomeOf(resilient.check(operation, contextOf()), 0))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(resilient.circuit()).toBe('half_open')
    expect(calls).toHaveLength(6)
    await vi.advanceTimersByTimeAsync(60 * 60_000)
    for (const look of looks) expect(await look).toBeInstanceOf(ProviderError)
  })

  test('refuses those who waited for their turn when it opened', async () => {
    const { provider, calls } = fake({ submit: failing(failure()) })
    const resilient = resilientProvider(provider, { callsAtOnce: { submit: 1 } })
    const submits = Array.from({ length: 8 }, () =>
      outcomeOf(resilient.submit(prepared, 'key_1', contextOf()), 0),
    )
    expect((await Promise.all(submits)).slice(5)).toMatchObject([paused, paused, paused])
    expect(calls).toHaveLength(5)
  })

  test('is not open any longer than that, without any call', async () => {
    const resilient = resilientProvider(fake({ submit: failing(failure()) }).provider)
    await submitTimes(resilient, 5)
    await vi.advanceTimersByTimeAsync(59_999)
    expect(resilient.circuit()).toBe('open')
    await vi.advanceTimersByTimeAsync(1)
    expect(resilient.circuit()).toBe('half_open')
  })

  test('may be given other numbers', async () => {
    const { provider } = fake({ submit: failing(failure()) })
    const breaker = { failures: 1, halfOpenAfterMs: 1_000 }
    const resilient = resilientProvider(provider, { breaker })
    await submitTimes(resilient, 1)
    expect(resilient.circuit()).toBe('open')
  })
})
