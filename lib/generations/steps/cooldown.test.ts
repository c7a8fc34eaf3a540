import { says } from '../../../tests/support/says.ts'
import { beforeEach, describe, expect } from 'vitest'
import { queueVeo } from '../../../tests/support/generations/queue-veo.ts'
import { aProviderError } from '../../../tests/support/generations/scripted-provider.ts'
import {
  driveToEnd,
  queueFile,
  testGeneration,
} from '../../../tests/support/generations/test-generation.ts'
import { veoBed } from '../../../tests/support/database/with-bed.ts'
import { endCooldown, startCooldown, cooldownsAt } from '../cooldowns.ts'
import { findGeneration } from '../queries.ts'
import { workQueue } from '../../jobs/queue.ts'
import { advance } from '../engine/advance.ts'
import { drive } from '../engine/drive.ts'

const { test, bed } = veoBed(({ kie }) => testGeneration(kie), { hasQueue: true })

const busy = 'Kie.ai is taking no more requests right now.'
const broke = 'The account at Kie.ai has run out of credits.'

/** Kie refuses the next submit, and takes those after it. */
function refusesOnce(...error: Parameters<typeof aProviderError>) {
  const make = bed.kie.onSubmit
  bed.kie.onSubmit = () => {
    bed.kie.onSubmit = make
    return Promise.reject(aProviderError(...error))
  }
}

const resting = (retryAfterSeconds: number) =>
  refusesOnce({ retryAfterSeconds, userMessage: busy }, 'rate_limited')

const inSeconds = (at: Date) => (at.getTime() - bed.deps.now().getTime()) / 1000

describe('too many requests', () => {
  test('keep the provider from being called for as long as it asked, for every process', async () => {
    const [first, second] = [await queueVeo(bed.deps), await queueVeo(bed.deps)]
    resting(77)
    await advance(first.id, bed.deps)
    const pause = (await cooldownsAt(bed.deps.now())).get('kie')
    expect(pause).toMatchObject({ errorCode: 'rate_limited', reason: busy })
    expect(inSeconds(pause!.until)).toBe(77)

    // Another process: it shares nothing but the database.
    const other = { ...bed.deps, providers: new Map([['kie', { ...bed.kie }]]) }
    expect(inSeconds((await advance(second.id, other)).dueAt!)).toBe(77)
    expect(await findGeneration(second.id)).toMatchObject({
      state: 'queued',
      wait: { code: 'provider_cooldown', errorCode: 'rate_limited', says: busy },
      attempts: [],
    })
    expect(bed.kie.requests).toHaveLength(1)

    bed.deps.pass(77_000)
    expect((await driveToEnd(second.id, other)).row).toMatchObject({ state: 'completed' })
    const { row } = await driveToEnd(first.id, bed.deps)
    expect(row).toMatchObject({ state: 'completed', wait: null, note: null })
    expect(row!.attempts.map(({ outcome }) => outcome)).toEqual(['refused', 'completed'])
  })

  test('tell a waiting video once, however often it is looked at', async () => {
    const { id } = await queueVeo(bed.deps)
    await startCooldown({
      ...aPause('rate_limited', busy),
      until: new Date('2026-11-21T00:05:00Z'),
    })
    await advance(id, bed.deps)
    const { version } = (await findGeneration(id))!
    await advance(id, bed.deps, { force: true })
    expect((await findGeneration(id))!.version).toBe(version)
  })

  test('send a waiting video to another provider', async () => {
    bed.deps = testGeneration([bed.kie, bed.vertex])
    const { id } = await queueVeo(bed.deps)
    await startCooldown({
      ...aPause('rate_limited', busy),
      until: new Date('2026-11-21T00:05:00Z'),
    })
    const { row } = await driveToEnd(id, bed.deps)
    expect(row).toMatchObject({
      state: 'completed',
      provider: 'vertex',
      routeReason: says(`${busy} Falling back to Vertex AI.`),
    })
  })

  test('are waited for where they pass in seconds, and no more is paid', async () => {
    bed.deps = testGeneration([bed.kie, bed.vertex])
    const [first, second] = [await queueVeo(bed.deps), await queueVeo(bed.deps)]
    resting(4)
    for (const { id } of [first, second]) await advance(id, bed.deps)
    for (const { id } of [first, second]) await driveToEnd(id, bed.deps)
    for (const { id } of [first, second])
      expect(await findGeneration(id)).toMatchObject({ state: 'completed', provider: 'kie' })
  })
})

describe('too many requests, without a time', () => {
  const refusals = (count: number) => {
    const make = bed.kie.onSubmit
    bed.kie.onSubmit = (...asked) =>
      count-- > 0
        ? Promise.reject(aProviderError({ userMessage: busy }, 'rate_limited'))
        : make(...asked)
  }

  test('are tried again twice, within seconds; then another provider steps in', async () => {
    bed.deps = testGeneration([bed.kie, bed.vertex])
    refusals(100)
    const { id } = await queueVeo(bed.deps)
    const before = bed.deps.now().getTime()
    const { row } = await driveToEnd(id, bed.deps)
    expect(row).toMatchObject({ state: 'completed', provider: 'vertex' })
    expect(row!.attempts.map(({ provider }) => provider)).toEqual(['kie', 'kie', 'kie', 'vertex'])
    expect(bed.deps.now().getTime() - before).toBeLessThan(5_000)
    expect((await cooldownsAt(bed.deps.now())).size).toBe(0)
  })

  test('pass over where they pass within the two tries', async () => {
    bed.deps = testGeneration([bed.kie, bed.vertex])
    refusals(2)
    const { id } = await queueVeo(bed.deps)
    expect((await driveToEnd(id, bed.deps)).row).toMatchObject({
      state: 'completed',
      provider: 'kie',
    })
  })

  test('are waited for with up to ten tries where no other can step in', async () => {
    refusals(9)
    const { id } = await queueVeo(bed.deps)
    expect((await driveToEnd(id, bed.deps)).row).toMatchObject({
      state: 'completed',
      provider: 'kie',
    })
    refusals(10)
    const next = await queueVeo(bed.deps)
    const { row } = await driveToEnd(next.id, bed.deps)
    expect(row).toMatchObject({ state: 'failed', errorCode: 'rate_limited', costMicros: 0 })
    expect(row!.attempts).toHaveLength(10)
  })
})

describe('F7: however a provider fails for a moment', () => {
  const busyFor = (retryAfterSeconds: number) => () =>
    Promise.reject(aProviderError({ retryAfterSeconds, userMessage: busy }, 'rate_limited'))
  beforeEach(() => {
    bed.deps = testGeneration([bed.kie, bed.vertex])
  })

  test('asking for 5 s again and again, another steps in', () => expectSteppedIn(5))

  test.each([1, 2, 3])(
    'asking for %i s again and again, another steps in',
    { tags: 'long' },
    expectSteppedIn,
  )

  async function expectSteppedIn(seconds: number) {
    bed.kie.onSubmit = busyFor(seconds)
    const { id } = await queueVeo(bed.deps)
    const before = bed.deps.now().getTime()
    expect((await driveToEnd(id, bed.deps)).row).toMatchObject({
      state: 'completed',
      provider: 'vertex',
    })
    expect(bed.deps.now().getTime() - before).toBeLessThanOrEqual(6_000)
  }

  test('for a connection that takes ten seconds to fail, another steps in at once', async () => {
    bed.kie.onSubmit = () => {
      bed.deps.pass(10_000)
      return Promise.reject(aProviderError({}, 'provider_unavailable'))
    }
    const { id } = await queueVeo(bed.deps)
    expect((await driveToEnd(id, bed.deps)).row).toMatchObject({ provider: 'vertex' })
    expect(bed.kie.requests).toHaveLength(1)
  })

  test('for many videos, none waits for the pauses of all the others', async () => {
    bed.kie.onSubmit = busyFor(3)
    const rows = await Promise.all(Array.from({ length: 6 }, () => queueVeo(bed.deps)))
    for (let seconds = 0; seconds <= 9; seconds += 3) {
      for (const { id } of rows) await advance(id, bed.deps)
      bed.deps.pass(3_000)
    }
    for (const { id } of rows)
      expect(await findGeneration(id)).toMatchObject({ provider: 'vertex' })
  })
})

describe('a try that was refused', () => {
  test.each([
    ['waits as long as was asked for', { retryAfterSeconds: 77 }],
    ['waits a moment where nothing was asked for', {}],
  ])('%s, though its slot is free again', async (_name, options) => {
    const { id } = await queueVeo(bed.deps)
    refusesOnce(options, 'provider_unavailable')
    const ended = new AbortController()
    const end = bed.kie.onSubmit
    bed.kie.onSubmit = (...asked) => {
      ended.abort()
      return end(...asked)
    }
    await drive(id, { ...bed.deps, signal: ended.signal })
    expect(await findGeneration(id)).toMatchObject({ state: 'queued', failures: 1 })
    expect(inSeconds((await findGeneration(id))!.dueAt)).toBeGreaterThan(0)
  })

  test('has those behind it called up', async () => {
    const woken: string[] = []
    await workQueue('call', async (id) => void woken.push(id), 1)
    const [first, second] = [await queueVeo(bed.deps), await queueVeo(bed.deps)]
    resting(77)
    const waiting = await advance(second.id, { ...bed.deps, concurrency: 0 })
    expect(waiting).toMatchObject({ waitsForSlot: true, dueAt: bed.deps.now() })
    await drive(first.id, bed.deps)
    await expect.poll(() => woken).toContain(second.id)
  })
})

describe('no credits', () => {
  test('F8: set the provider aside also where a job that was made ends by them', async () => {
    const { id } = await queueVeo(bed.deps)
    const error = aProviderError(
      { submitOutcome: 'job_made', retryable: false, userMessage: broke },
      'insufficient_credits',
    )
    bed.kie.onCheck = async () => ({ status: 'failed', error })
    expect((await driveToEnd(id, bed.deps)).row).toMatchObject({
      state: 'failed',
      errorCode: 'insufficient_credits',
    })
    expect((await cooldownsAt(bed.deps.now())).get('kie')).toMatchObject({
      errorCode: 'insufficient_credits',
      reason: broke,
    })
  })

  test('begin a cooldown until its operator has seen to it', async () => {
    const [first, second] = [await queueVeo(bed.deps), await queueVeo(bed.deps)]
    refusesOnce({ retryable: false, userMessage: broke }, 'insufficient_credits')
    await advance(first.id, bed.deps)
    await advance(second.id, bed.deps)
    for (const { id } of [first, second])
      expect(await findGeneration(id)).toMatchObject({
        state: 'failed',
        errorCode: 'insufficient_credits',
        errorMessage: broke,
      })
    expect(inSeconds((await cooldownsAt(bed.deps.now())).get('kie')!.until)).toBe(15 * 60)
    expect(bed.kie.requests).toHaveLength(1)
  })

  test('have another step in, to the last second', async () => {
    bed.deps = testGeneration([bed.kie, bed.vertex])
    await startCooldown(aPause('insufficient_credits', broke))
    bed.deps.pass(59_000)
    const { id } = await queueVeo(bed.deps)
    const { row } = await driveToEnd(id, bed.deps)
    expect(row).toMatchObject({ state: 'completed', provider: 'vertex' })
  })

  test('keep a provider from stepping in for another', async () => {
    bed.deps = testGeneration([bed.kie, bed.vertex])
    await startCooldown({ ...aPause('insufficient_credits', broke), provider: 'vertex' })
    const { id } = await queueVeo(bed.deps)
    refusesOnce({ retryable: false, userMessage: broke }, 'insufficient_credits')
    expect((await driveToEnd(id, bed.deps)).row).toMatchObject({ state: 'failed', provider: 'kie' })
    expect(bed.vertex.requests).toEqual([])
  })

  test('are over once the operator says so', async () => {
    await startCooldown(aPause('insufficient_credits', broke))
    await endCooldown('kie')
    const { id } = await queueVeo(bed.deps)
    expect((await driveToEnd(id, bed.deps)).row).toMatchObject({
      state: 'completed',
      provider: 'kie',
    })
  })

  test('are no matter to the others', async () => {
    await startCooldown(aPause('insufficient_credits', broke))
    const local = { ...bed.vertex, id: 'local' }
    bed.deps = testGeneration([bed.kie, local])
    const { id } = await queueFile(bed.deps)
    expect((await driveToEnd(id, bed.deps)).row).toMatchObject({ state: 'completed' })
  })
})

describe('a provider that is not on', () => {
  test('is not paused, since it comes back by itself', async () => {
    const { id } = await queueVeo(bed.deps)
    await advance(id, { ...bed.deps, providers: new Map() })
    expect((await cooldownsAt(bed.deps.now())).size).toBe(0)
    expect(await findGeneration(id)).toMatchObject({ state: 'queued', failures: 0 })
  })
})

function aPause(errorCode: 'rate_limited' | 'insufficient_credits', reason: string) {
  const now = bed.deps.now()
  const until = new Date(now.getTime() + 60_000)
  return { provider: 'kie', until, errorCode, reason, now }
}
