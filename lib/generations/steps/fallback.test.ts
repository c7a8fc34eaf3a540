import { says } from '../../../tests/support/says.ts'
import { describe, expect } from 'vitest'
import { queueVeo, veoProviders } from '../../../tests/support/generations/queue-veo.ts'
import {
  type ScriptedProvider,
  aProviderError,
} from '../../../tests/support/generations/scripted-provider.ts'
import { driveToEnd, testGeneration } from '../../../tests/support/generations/test-generation.ts'
import { veoBed } from '../../../tests/support/database/with-bed.ts'
import type { ProviderErrorOptions } from '../../ai/providers/provider-error.ts'
import { resilientProvider } from '../../ai/providers/resilient-provider.ts'
import type { ProviderErrorCode } from '../../contract/problem.ts'
import { findGeneration } from '../queries.ts'
import { applyEvent } from '../store.ts'
import { advance } from '../engine/advance.ts'

const { test, bed } = veoBed()

function refuses(
  provider: ScriptedProvider,
  code: ProviderErrorCode,
  options: Partial<ProviderErrorOptions> = {},
) {
  const userMessage = `${provider.label} says ${code}.`
  provider.onSubmit = () =>
    Promise.reject(aProviderError({ retryable: false, userMessage, ...options }, code))
}

describe('a refusal that made no job', () => {
  test.each<[string, ProviderErrorCode, Partial<ProviderErrorOptions>, number]>([
    ['no credits', 'insufficient_credits', {}, 1],
    ['a refused key', 'auth', {}, 1],
    ['settings it does not take', 'invalid_input', {}, 1],
    ['a retired model', 'model_retired', {}, 1],
    ['a long rest', 'rate_limited', { retryable: true, retryAfterSeconds: 77 }, 1],
    ['an outage, three times', 'provider_unavailable', { retryable: true }, 3],
  ])('for %s has the other provider step in', async (_why, code, options, times) => {
    const { id } = await queueVeo(bed.deps)
    refuses(bed.kie, code, options)
    const { row } = await driveToEnd(id, bed.deps)
    const refused = { provider: 'kie', outcome: 'refused', costMicros: 0, errorCode: code }
    const attempts = Array.from({ length: times }, (_, index) => ({
      ...refused,
      number: index + 1,
      reason: 'Kie.ai, the cheapest that can do this.',
      errorMessage: `Kie.ai says ${code}.`,
    }))
    const reason = says(`Kie.ai says ${code}. Falling back to Vertex AI.`)
    expect(row).toMatchObject({
      state: 'completed',
      provider: 'vertex',
      providerLabel: 'Vertex AI',
      routeReason: reason,
      attempts: [
        ...attempts,
        {
          number: times + 1,
          provider: 'vertex',
          providerLabel: 'Vertex AI',
          reason,
          outcome: 'completed',
          costMicros: 1_200_000,
          errorCode: null,
        },
      ],
    })
    expect(row!.attempts).toHaveLength(times + 1)
    expect([bed.kie.jobs.length, bed.vertex.jobs.length]).toEqual([0, 1])
    expect(bed.vertex.requests[0]).toMatchObject({ model: 'veo-3.1-fast-generate-001' })
  })

  test.each<[string, ProviderErrorCode]>([
    ['no credits', 'insufficient_credits'],
    ['a refused key', 'auth'],
  ])('for %s ends a video that one provider alone may make', async (_why, code) => {
    const { id } = await queueVeo(bed.deps, {
      settings: { enableFallback: false },
      ceilingMicros: 400_000,
    })
    refuses(bed.kie, code)
    const { row } = await driveToEnd(id, bed.deps)
    expect(row).toMatchObject({ state: 'failed', provider: 'kie', errorCode: code, costMicros: 0 })
    expect(bed.vertex.requests).toEqual([])
  })

  test('by an open circuit has the other step in, and the provider is not asked', async () => {
    const guarded = resilientProvider(bed.kie, {
      breaker: { failures: 1, halfOpenAfterMs: 60_000 },
    })
    bed.deps = testGeneration([guarded, bed.vertex])
    refuses(bed.kie, 'provider_unavailable', { retryable: true })
    const first = await queueVeo(bed.deps)
    await advance(first.id, bed.deps)
    expect(guarded.circuit()).toBe('open')
    const { id } = await queueVeo(bed.deps)
    const { row } = await driveToEnd(id, bed.deps)
    expect(row).toMatchObject({ state: 'completed', provider: 'vertex' })
    expect(bed.kie.requests).toHaveLength(1)
  })

  test('puts the video into the other queue, with what the other can do', async () => {
    await queueVeo(bed.deps, { provider: 'vertex' })
    const { id } = await queueVeo(bed.deps, { isCancelable: true })
    refuses(bed.kie, 'insufficient_credits')
    const { freed } = await advance(id, bed.deps)
    expect(freed).toBe('kie')
    expect(await findGeneration(id)).toMatchObject({
      state: 'queued',
      provider: 'vertex',
      isCancelable: false,
      queuePlace: 2,
      failures: 0,
      attemptKey: null,
    })
  })

  test('leaves the quote as it was given; the price is that of the one that made it', async () => {
    const { id } = await queueVeo(bed.deps)
    refuses(bed.kie, 'insufficient_credits')
    const { row } = await driveToEnd(id, bed.deps)
    expect(row).toMatchObject({
      quotedMicros: 400_000,
      ceilingMicros: 1_200_000,
      costMicros: 1_200_000,
      isCostReported: false,
    })
  })

  test('has no effect on a price that the provider reports', async () => {
    const { id } = await queueVeo(bed.deps)
    const look = bed.kie.onCheck
    bed.kie.onCheck = async (operation) =>
      ({
        ...(await look(operation)),
        costMicros: 370_000,
      }) as never
    const { row } = await driveToEnd(id, bed.deps)
    expect(row).toMatchObject({ provider: 'kie', costMicros: 370_000, isCostReported: true })
    expect(row!.attempts[0]).toMatchObject({ costMicros: 370_000 })
  })

  test('by all of them fails with the last one’s reason', async () => {
    const { id } = await queueVeo(bed.deps)
    refuses(bed.kie, 'insufficient_credits')
    refuses(bed.vertex, 'auth')
    const { row } = await driveToEnd(id, bed.deps)
    expect(row).toMatchObject({
      state: 'failed',
      errorCode: 'auth',
      errorMessage: 'Vertex AI says auth.',
    })
    expect(row!.attempts.map(({ provider }) => provider)).toEqual(['kie', 'vertex'])
  })

  test('is the last word of a provider on a video, also when the next one refuses it, too', async () => {
    const { id } = await queueVeo(bed.deps)
    refuses(bed.kie, 'invalid_input')
    refuses(bed.vertex, 'invalid_input')
    expect((await driveToEnd(id, bed.deps)).row).toMatchObject({ state: 'failed' })
    expect([bed.kie.requests.length, bed.vertex.requests.length]).toEqual([1, 1])
  })
})

describe('no other provider steps in', () => {
  async function endAtKie(differences: Parameters<typeof queueVeo>[1] = {}) {
    const { id } = await queueVeo(bed.deps, differences)
    const { row } = await driveToEnd(id, bed.deps, 20)
    expect(bed.vertex.requests).toEqual([])
    return row
  }

  test('for a refusal of the content', async () => {
    refuses(bed.kie, 'content_policy')
    expect(await endAtKie()).toMatchObject({ state: 'failed', errorCode: 'content_policy' })
  })

  test.each<[string, () => Error]>([
    ['a timeout', () => aProviderError({ submitOutcome: 'unknown' }, 'unknown_submit_outcome')],
    ['an error that was not foreseen', () => new Error('socket hang up')],
  ])('for %s, since a job may have been made', async (_name, error) => {
    bed.kie.onSubmit = () => Promise.reject(error())
    const row = await endAtKie()
    expect(row).toMatchObject({ state: 'submit_unknown', provider: 'kie' })
    expect(row!.attempts).toMatchObject([{ outcome: 'unknown', costMicros: null }])
    expect(bed.kie.requests).toHaveLength(1)
  })

  test('for a job that was made, and fails', async () => {
    bed.kie.onCheck = async () => ({
      status: 'failed',
      error: aProviderError({}, 'generation_failed'),
    })
    expect(await endAtKie()).toMatchObject({ state: 'failed', errorCode: 'generation_failed' })
  })

  test('for a refusal that says a job was made', async () => {
    refuses(bed.kie, 'provider_unavailable', { submitOutcome: 'job_made', retryable: true })
    expect(await endAtKie()).toMatchObject({
      state: 'failed',
      errorCode: 'provider_unavailable',
      attempts: [{ outcome: 'failed' }],
    })
  })

  test('where the user wants to stop meanwhile', async () => {
    bed.kie.onSubmit = async () => {
      const [{ id }] = queued
      await applyEvent(id, { type: 'cancel_requested', ownerId: 'somebody' }, bed.deps.now)
      throw aProviderError({ retryable: false }, 'insufficient_credits')
    }
    const queued = [await queueVeo(bed.deps)] as const
    const { row } = await driveToEnd(queued[0].id, bed.deps)
    expect(row).toMatchObject({ state: 'canceled', costMicros: 0 })
    expect(bed.vertex.requests).toEqual([])
  })

  test('beyond the budget of the user', async () => {
    refuses(bed.kie, 'insufficient_credits')
    expect(await endAtKie({ limitMicros: 1_190_000 })).toMatchObject({
      state: 'failed',
      errorCode: 'insufficient_credits',
    })
  })

  test('beyond what was quoted, as where the other was in a cooldown at the time', async () => {
    refuses(bed.kie, 'insufficient_credits')
    const failed = { state: 'failed', errorCode: 'insufficient_credits' }
    expect(await endAtKie({ ceilingMicros: 400_000 })).toMatchObject(failed)
  })

  test('where the other is switched off', async () => {
    bed.deps = testGeneration([bed.kie])
    refuses(bed.kie, 'auth')
    expect(await endAtKie()).toMatchObject({ state: 'failed', errorCode: 'auth' })
  })

  test('where what the other offers is switched off, though it is on itself', async () => {
    const { kie: gemini } = await veoProviders()
    bed.deps = testGeneration([bed.kie, { ...gemini, id: 'gemini' }])
    refuses(bed.kie, 'insufficient_credits')
    await endAtKie()
    expect(gemini.requests).toEqual([])
  })
})

describe('what the user has asked for', () => {
  test.each([
    ['is kept where the seed is the user’s own', true],
    ['is no hindrance where the seed was drawn here', false],
  ])('%s', async (_name, isSeedGiven) => {
    // At Vertex, Kie.ai takes over, which takes no seed.
    const { id } = await queueVeo(bed.deps, {
      provider: 'vertex',
      settings: { isSeedGiven, seed: 7 },
    })
    refuses(bed.vertex, 'auth')
    const { row } = await driveToEnd(id, bed.deps)
    expect(row).toMatchObject(
      isSeedGiven
        ? { state: 'failed', errorCode: 'auth', provider: 'vertex' }
        : { state: 'completed', provider: 'kie' },
    )
  })

  test('is met by a cheaper one, whatever was quoted', async () => {
    const { id } = await queueVeo(bed.deps, { provider: 'vertex', quotedMicros: 1_200_000 })
    refuses(bed.vertex, 'auth')
    expect((await driveToEnd(id, bed.deps)).row).toMatchObject({
      state: 'completed',
      costMicros: 400_000,
    })
  })

  test('is met within the budget', async () => {
    const { id } = await queueVeo(bed.deps, { limitMicros: 1_200_000 })
    refuses(bed.kie, 'insufficient_credits')
    expect((await driveToEnd(id, bed.deps)).row).toMatchObject({
      state: 'completed',
      costMicros: 1_200_000,
    })
  })
})
