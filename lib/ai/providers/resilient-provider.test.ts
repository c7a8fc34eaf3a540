import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ProviderErrorCode } from '#lib/contract/error-code'
import { ProviderError } from './provider-error.ts'
import type { CheckResult, Provider, ProviderContext, ProviderRequest } from './provider.ts'
import { resilientProvider } from './resilient-provider.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const operation = { job: 1 }
const request: ProviderRequest = {
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
    callbackUrl: null,
    token: 'token_1',
  }
}

/** A provider whose calls are all counted and answered by what a test says. */
function fake(methods: Partial<Provider> = {}) {
  const calls: string[] = []
  const provider: Provider = {
    id: 'fake',
    label: 'Fake',
    start: async () => ({ operation }),
    check: async () => pending,
    health: async () => ({ state: 'ok' }),
    ...methods,
  }
  for (const name of ['start', 'check', 'find', 'adopt', 'cancel', 'handOver', 'health'] as const) {
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
    jobMade: 'no_job',
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
    for (const name of ['find', 'adopt', 'cancel', 'handOver', 'watch', 'release', 'close'])
      expect(bare).not.toHaveProperty(name)
    const rich = {
      find: async () => null,
      adopt: async () => null,
      cancel: async () => {},
      handOver: async () => {},
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
      release: async () => {},
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
    const methods = { start: note, check: note, find: note, adopt: note }
    const { provider } = fake({ ...methods, cancel: note, handOver: note, health: note })
    const resilient = resilientProvider(provider)
    const context = contextOf()
    await resilient.start(request, context)
    await resilient.check(operation, context)
    await resilient.find?.('token_1', context)
    await resilient.adopt?.('job 1', request, context)
    await resilient.cancel?.(operation, context)
    await resilient.handOver?.(operation, '/tmp/film.mp4', context)
    await resilient.health(context)
    expect(seen).toEqual([
      [request],
      [operation],
      ['token_1'],
      ['job 1', request],
      [operation],
      [operation, '/tmp/film.mp4'],
      [],
    ])
  })
})

describe('another try', () => {
  const safe: [string, (resilient: Provider, context: ProviderContext) => Promise<unknown>][] = [
    ['check', (resilient, context) => resilient.check(operation, context)],
    ['find', (resilient, context) => resilient.find!('token_1', context)],
    ['adopt', (resilient, context) => resilient.adopt!('job 1', request, context)],
    ['handOver', (resilient, context) => resilient.handOver!(operation, 'film.mp4', context)],
    ['health', (resilient, context) => resilient.health(context)],
  ]
  test.each(safe)('is made of %s, three in all', async (name, call) => {
    const error = failure()
    const { provider, calls } = fake({ [name]: failing(error) })
    expect(await outcomeOf(call(resilientProvider(provider), contextOf()))).toBe(error)
    expect(calls).toEqual([name, name, name])
  })

  test('is never made of a start or a cancel, whatever the error says', async () => {
    const error = failure()
    const { provider, calls } = fake({ start: failing(error), cancel: failing(error) })
    const resilient = resilientProvider(provider)
    expect(await outcomeOf(resilient.start(request, contextOf()))).toBe(error)
    expect(await outcomeOf(resilient.cancel!(operation, contextOf()))).toBe(error)
    expect(calls).toEqual(['start', 'cancel'])
  })

  test('ends with the first answer', async () => {
    const { provider, calls } = fake({
      check: async () => {
        if (calls.length < 3) throw failure('rate_limited', { retryAfterSeconds: 5 })
        return pending
      },
    })
    expect(await outcomeOf(resilientProvider(provider).check(operation, contextOf()))).toBe(pending)
    expect(calls).toHaveLength(3)
  })

  test('waits at least a second, and as long as the provider asked for', async () => {
    const errors = [failure(), failure('rate_limited', { retryAfterSeconds: 5 })]
    const { provider, calls } = fake({ check: async () => Promise.reject(errors.shift()) })
    void outcomeOf(resilientProvider(provider).check(operation, contextOf()), 0)
    await vi.advanceTimersByTimeAsync(999)
    expect(calls).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1_001)
    expect(calls).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(3_900)
    expect(calls).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(1_100)
    expect(calls).toHaveLength(3)
  })

  test.each([
    ['an error that says no', failure('auth', { retryable: false })],
    ['a provider that asks for more than 5 s', failure('rate_limited', { retryAfterSeconds: 6 })],
    ['a bug', new TypeError('a bug')],
  ])('is not made after %s', async (_words, error) => {
    const { provider, calls } = fake({ check: failing(error) })
    expect(await outcomeOf(resilientProvider(provider).check(operation, contextOf()))).toBe(error)
    expect(calls).toHaveLength(1)
  })

  test('is not made once nobody waits for it', async () => {
    const controller = new AbortController()
    const { provider, calls } = fake({ check: failing(failure()) })
    const check = resilientProvider(provider).check(operation, contextOf(controller))
    setTimeout(() => controller.abort(), 500)
    expect(await outcomeOf(check)).toMatchObject({ code: 'provider_unavailable' })
    expect(calls).toHaveLength(1)
  })
})

describe('a call that takes too long', () => {
  test('leaves a start of which nobody knows what became', async () => {
    let signal: AbortSignal | undefined
    const { provider, calls } = fake({
      start: (_request, context) => {
        signal = context.signal
        return silence()
      },
    })
    const resilient = resilientProvider(provider)
    const start = outcomeOf(resilient.start(request, contextOf()), 90_000)
    expect(await start).toMatchObject({
      code: 'unknown_submit_outcome',
      jobMade: 'unknown',
      retryable: false,
    })
    expect(signal?.aborted).toBe(true)
    expect(calls).toEqual(['start'])
  })

  const startAfter = (...told: ('preparing' | 'submitting')[]) =>
    fake({
      start(_request, { onStage }) {
        for (const stage of told) onStage?.(stage)
        return silence()
      },
    }).provider

  test('made no job where it never came to submit', async () => {
    const start = resilientProvider(startAfter('preparing')).start(request, contextOf())
    expect(await outcomeOf(start, 90_000)).toMatchObject({
      code: 'provider_unavailable',
      jobMade: 'no_job',
      retryable: true,
      userMessage: expect.stringContaining('could not be handed to Fake in time') as string,
    })
  })

  test('made no job where it was called off before it came to submit', async () => {
    const controller = new AbortController()
    const start = resilientProvider(startAfter('preparing')).start(request, contextOf(controller))
    setTimeout(() => controller.abort(), 1_000)
    expect(await outcomeOf(start, 1_000)).toMatchObject({ jobMade: 'no_job' })
  })

  test('may have made one once it came to submit, whatever it says then', async () => {
    const provider = startAfter('preparing', 'submitting', 'preparing')
    const start = resilientProvider(provider).start(request, contextOf())
    expect(await outcomeOf(start, 90_000)).toMatchObject({ jobMade: 'unknown' })
  })

  test('leaves a start unknown where it was called off on its way', async () => {
    const controller = new AbortController()
    const { provider } = fake({ start: silence })
    const start = resilientProvider(provider).start(request, contextOf(controller))
    setTimeout(() => controller.abort(), 1_000)
    expect(await outcomeOf(start, 1_000)).toMatchObject({ jobMade: 'unknown' })
  })

  test('ends a check, which is made again', async () => {
    const { provider, calls } = fake({
      check: () => (calls.length < 2 ? silence() : Promise.resolve(pending)),
    })
    const resilient = resilientProvider(provider)
    expect(await outcomeOf(resilient.check(operation, contextOf()), 32_000)).toBe(pending)
    expect(calls).toEqual(['check', 'check'])
  })

  test('says so in the end', async () => {
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

  test('leaves a handover the time it needs', async () => {
    const { provider } = fake({
      handOver: () => new Promise((resolve) => setTimeout(resolve, 9 * 60_000)),
    })
    const handOver = resilientProvider(provider).handOver!(operation, 'film.mp4', contextOf())
    expect(await outcomeOf(handOver)).toBeUndefined()
  })
})

describe('the turns', () => {
  /** Calls that stay out until they are let go. */
  function held() {
    const letGo: (() => void)[] = []
    const start: Provider['start'] = () =>
      new Promise((resolve) => letGo.push(() => resolve({ operation })))
    return { letGo, ...fake({ start }) }
  }

  test('let three calls out at once and the others wait', async () => {
    const { provider, calls, letGo } = held()
    const resilient = resilientProvider(provider)
    const starts = Array.from({ length: 50 }, () => resilient.start(request, contextOf()))
    await vi.advanceTimersByTimeAsync(0)
    expect(calls).toHaveLength(3)
    letGo.shift()?.()
    await vi.advanceTimersByTimeAsync(0)
    expect(calls).toHaveLength(4)
    while (letGo.length > 0) {
      letGo.shift()?.()
      await vi.advanceTimersByTimeAsync(0)
    }
    expect(await Promise.all(starts)).toHaveLength(50)
  })

  test('are not counted against the time of a call', async () => {
    const { provider, letGo } = held()
    const resilient = resilientProvider(provider, { callsAtOnce: 1 })
    const first = resilient.start(request, contextOf())
    const second = resilient.start(request, contextOf())
    await vi.advanceTimersByTimeAsync(80_000)
    letGo.shift()?.()
    await vi.advanceTimersByTimeAsync(80_000)
    letGo.shift()?.()
    expect(await Promise.all([first, second])).toEqual([{ operation }, { operation }])
  })

  test('end at once for a start that is called off, and it never goes out', async () => {
    const { provider, calls, letGo } = held()
    const resilient = resilientProvider(provider, { callsAtOnce: 1 })
    const controller = new AbortController()
    const first = resilient.start(request, contextOf())
    const second = outcomeOf(resilient.start(request, contextOf(controller)), 0)
    controller.abort()
    expect(await second).toMatchObject({ code: 'provider_unavailable', jobMade: 'no_job' })
    letGo.shift()?.()
    expect(await first).toEqual({ operation })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(calls).toEqual(['start'])
  })

  test('are not taken by what was called off before', async () => {
    const { provider, calls } = fake()
    const controller = new AbortController()
    controller.abort()
    const resilient = resilientProvider(provider)
    const start = outcomeOf(resilient.start(request, contextOf(controller)))
    expect(await start).toMatchObject({ jobMade: 'no_job', retryable: true })
    const check = outcomeOf(resilient.check(operation, contextOf(controller)))
    expect(await check).toMatchObject({ code: 'provider_unavailable' })
    expect(calls).toEqual([])
  })
})

describe('the circuit', () => {
  const unknown = failure('unknown_submit_outcome', { jobMade: 'unknown', retryable: false })
  const outages: [string, unknown][] = [
    ['an outage', failure()],
    ['a timeout', failure('timeout')],
    ['an unknown outcome', unknown],
    ['a bug', new TypeError('a bug')],
  ]
  const leftAlone = {
    code: 'provider_unavailable',
    jobMade: 'no_job',
    retryable: true,
    userMessage: 'Fake is failing at the moment and is left alone for a minute.',
  }

  async function startTimes(resilient: Provider, times: number) {
    for (let one = 0; one < times; one++) await outcomeOf(resilient.start(request, contextOf()), 0)
  }

  test.each(outages)('opens at the fifth time in a row of %s', async (_words, error) => {
    const { provider, calls } = fake({ start: failing(error) })
    const resilient = resilientProvider(provider)
    await startTimes(resilient, 4)
    expect(resilient.circuit()).toBe('closed')
    expect(await outcomeOf(resilient.start(request, contextOf()), 0)).toBe(error)
    expect(resilient.circuit()).toBe('open')
    const refused = await outcomeOf(resilient.start(request, contextOf()), 0)
    expect(refused).toBeInstanceOf(ProviderError)
    expect(refused).toMatchObject({ ...leftAlone, retryAfterSeconds: 60 })
    expect(calls).toHaveLength(5)
  })

  test('opens by calls that take too long', async () => {
    const resilient = resilientProvider(fake({ start: silence }).provider)
    for (let one = 0; one < 5; one++) await outcomeOf(resilient.start(request, contextOf()), 90_000)
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
    const { provider, calls } = fake({ start: async () => Promise.reject(errors.shift()) })
    const resilient = resilientProvider(provider)
    await startTimes(resilient, 9)
    expect(resilient.circuit()).toBe('closed')
    expect(calls).toHaveLength(9)
  })

  test('is one for all calls, and the tries of one count', async () => {
    const { provider, calls } = fake({ check: failing(failure()) })
    const resilient = resilientProvider(provider)
    await outcomeOf(resilient.check(operation, contextOf()), 10_000)
    expect(await outcomeOf(resilient.check(operation, contextOf()), 10_000)).toMatchObject(
      leftAlone,
    )
    expect(calls).toHaveLength(5)
    expect(await outcomeOf(resilient.health(contextOf()), 0)).toMatchObject(leftAlone)
  })

  test('says how long it stays open, and lets one call see after a minute', async () => {
    let isWell = false
    const { provider, calls } = fake({
      start: async () => (isWell ? { operation } : Promise.reject(failure())),
    })
    const resilient = resilientProvider(provider)
    await startTimes(resilient, 5)
    await vi.advanceTimersByTimeAsync(40_000)
    const refused = outcomeOf(resilient.start(request, contextOf()), 0)
    expect(await refused).toMatchObject({ ...leftAlone, retryAfterSeconds: 20 })
    await vi.advanceTimersByTimeAsync(20_000)
    await startTimes(resilient, 1)
    expect(calls).toHaveLength(6)
    expect(resilient.circuit()).toBe('open')
    await vi.advanceTimersByTimeAsync(60_000)
    isWell = true
    await startTimes(resilient, 1)
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
    const { provider, calls } = fake({ start: failing(failure()) })
    const resilient = resilientProvider(provider, { callsAtOnce: 1 })
    const starts = Array.from({ length: 8 }, () =>
      outcomeOf(resilient.start(request, contextOf()), 0),
    )
    expect((await Promise.all(starts)).slice(5)).toMatchObject([leftAlone, leftAlone, leftAlone])
    expect(calls).toHaveLength(5)
  })

  test('is not open any longer than that, though nobody calls', async () => {
    const resilient = resilientProvider(fake({ start: failing(failure()) }).provider)
    await startTimes(resilient, 5)
    await vi.advanceTimersByTimeAsync(59_999)
    expect(resilient.circuit()).toBe('open')
    await vi.advanceTimersByTimeAsync(1)
    expect(resilient.circuit()).toBe('half_open')
  })

  test('may be given other numbers', async () => {
    const { provider } = fake({ start: failing(failure()) })
    const breaker = { failures: 1, halfOpenAfterMs: 1_000 }
    const resilient = resilientProvider(provider, { breaker })
    await startTimes(resilient, 1)
    expect(resilient.circuit()).toBe('open')
  })
})
