import { describe, expect, test } from 'vitest'
import {
  aGenerationRow,
  anAttempt,
  changed,
} from '../../tests/support/generations/generation-row.ts'
import { chargeOf } from './charge.ts'
import type { GenerationEvent } from './events.ts'
import type { GenerationRow } from './row.ts'
import { transition } from './transition.ts'

const now = new Date('2026-11-21T00:00:01Z')
const idempotencyKey = 'key_1'
const job = { operation: { job: 1 }, providerJobId: 'task_1' }
const output = { kind: 'path', path: '/video.mp4' } as const

function after(before: GenerationRow, ...events: GenerationEvent[]) {
  let row = before
  for (const event of events) {
    const change = transition({ ...row, leaseId: 'lease_1' }, event, now)
    if (change) row = changed(row, change)!
  }
  return row
}

/** Its first submit is unknown, its owner asked for another, and that was refused for good. */
function failedWithoutFirst() {
  return aGenerationRow({
    state: 'failed',
    errorCode: 'invalid_input',
    errorMessage: 'No.',
    finishedAt: now,
    attemptKey: 'key_2',
    attempts: [
      anAttempt({ outcome: 'unknown' }),
      anAttempt({ idempotencyKey: 'key_2', number: 2, outcome: 'refused', costMicros: 0 }),
    ],
  })
}

describe('the answer to an earlier submit of a failed generation', () => {
  test('takes it back to the job that was made', () => {
    const row = after(failedWithoutFirst(), { type: 'job_made', idempotencyKey, job })
    expect(row).toMatchObject({ state: 'waiting', attemptKey: 'key_1', operation: job.operation })
    expect(row).toMatchObject({ errorCode: null, finishedAt: null, costMicros: null })
  })

  test('has the video stored that it brought', () => {
    const row = after(failedWithoutFirst(), { type: 'made_at_once', idempotencyKey, output })
    expect(row).toMatchObject({ state: 'storing', attemptKey: 'key_1', output })
    expect(row).toMatchObject({ errorCode: null, finishedAt: null, costMicros: 400_000 })
  })

  test('leaves it failed where no job was made', () => {
    const error = { code: 'provider_unavailable', userMessage: 'Busy.' } as const
    const next = { action: 'fail' } as const
    const row = after(failedWithoutFirst(), { type: 'submit_refused', idempotencyKey, error, next })
    expect(row).toMatchObject({ state: 'failed', attemptKey: 'key_2', costMicros: 0 })
  })
})

test('to a video whose film was lost and that is deleted since makes its owner pay for nothing', () => {
  const first = anAttempt({ outcome: 'unknown' })
  const lost = anAttempt({
    idempotencyKey: 'key_2',
    number: 2,
    outcome: 'completed',
    costMicros: 1,
  })
  const row = aGenerationRow({
    state: 'failed',
    errorCode: 'output_expired',
    errorMessage: 'Gone.',
    finishedAt: now,
    deletedAt: now,
    leaseId: 'lease_1',
    heldMicros: 1_200_000,
    attemptKey: 'key_2',
    attempts: [first, lost],
  })
  const change = transition(row, { type: 'removed', leaseId: 'lease_1', end: null }, now)!
  const kept = { ...lost, ...change.attempt?.set }
  const answered = { ...first, outcome: 'refused' as const, costMicros: 0 }
  const charge = { kind: 'charge', costMicros: 0, isUncertain: true }
  expect(chargeOf(row, [answered, lost])).toEqual(charge)
  expect(chargeOf('removed', [answered, kept])).toEqual(charge)
})

/** Its first submit is unknown, and its owner asked for another, which is under way. */
function besideAnother(state: 'submitting' | 'waiting' | 'storing', operation: unknown = null) {
  return aGenerationRow({
    state,
    operation,
    provider: 'vertex',
    providerLabel: 'Vertex AI',
    attemptKey: 'key_2',
    slotUntil: now,
    output: state === 'storing' ? { kind: 'url', url: 'https://cdn.example/second.mp4' } : null,
    attempts: [
      anAttempt({ outcome: 'unknown' }),
      anAttempt({
        idempotencyKey: 'key_2',
        number: 2,
        provider: 'vertex',
        outcome: state === 'submitting' ? 'submitting' : 'accepted',
        priceMicros: 1_200_000,
      }),
    ],
  })
}

describe('a video that an earlier submit brings during another', () => {
  const late = { type: 'made_at_once', idempotencyKey, output } as const
  const key = { idempotencyKey: 'key_2' }
  const lease = { leaseId: 'lease_1' }
  const error = { code: 'provider_unavailable', userMessage: 'Busy.' } as const
  const first = { state: 'storing', attemptKey: 'key_1', provider: 'kie', output, errorCode: null }

  test('is booked, and waits while the other may bring one', () => {
    const row = after(besideAnother('waiting', { job: 2 }), late)
    expect(row).toMatchObject({ state: 'waiting', attemptKey: 'key_2', operation: { job: 2 } })
    expect(row.attempts[0]).toMatchObject({ outcome: 'completed', costMicros: 400_000 })
  })

  test.each<[string, GenerationEvent]>([
    ['refused', { type: 'submit_refused', ...key, error, next: { action: 'fail' } }],
    [
      'refused for now',
      { type: 'submit_refused', ...key, error, next: { action: 'retry', dueAt: now } },
    ],
    ['lost', { type: 'submit_lost', ...key }],
    ['not found', { type: 'submit_not_found', ...lease, isProof: false, dueAt: now }],
    ['answered with a failure', { type: 'submit_failed', ...key, error }],
  ])('is stored where the other submit is %s', (_word, event) => {
    expect(after(besideAnother('submitting'), late, event)).toMatchObject(first)
  })

  test('is stored where the job of the other fails, at what both cost', () => {
    const failed = { type: 'job_failed', ...lease, error, reportedMicros: 50_000 } as const
    const row = after(besideAnother('waiting', { job: 2 }), late, failed)
    expect(row).toMatchObject({ ...first, operation: null, isCostReported: false })
    expect(row.costMicros).toBe(450_000)
  })

  test.each(['waiting', 'storing'] as const)(
    'is stored where the bytes of the other are lost (%s)',
    (state) => {
      const done = { type: 'job_done', ...lease, output } as const
      const events: GenerationEvent[] = [late, done, { type: 'output_lost', ...lease, error }]
      const row = after(besideAnother(state, { job: 2 }), ...events)
      expect(row).toMatchObject(first)
      expect(after(row, { type: 'output_lost', ...lease, error }).state).toBe('failed')
    },
  )

  test('is kept while the other is asked for its bytes again', () => {
    const done = { type: 'job_done', ...lease, output } as const
    const notReady = { type: 'output_not_ready', ...lease, dueAt: now } as const
    const failed = { type: 'job_failed', ...lease, error } as const
    const row = after(besideAnother('waiting', { job: 2 }), late, done, notReady)
    expect(row.state).toBe('waiting')
    expect(after(row, failed)).toMatchObject(first)
  })

  test('changes nothing of one that is canceled, except the bill', () => {
    const canceled = { type: 'canceled', ...lease, end: { kind: 'unstoppable' } } as const
    const row = after(besideAnother('waiting', { job: 2 }), late, canceled)
    expect(row).toMatchObject({ state: 'canceled', output: null, costMicros: 1_600_000 })
  })
})

describe('the video that a submit brings after all', () => {
  const late = { type: 'made_at_once', idempotencyKey, output } as const

  test.each(['waiting', 'failed'] as const)(
    'is stored where a look had found its job (%s)',
    (state) => {
      const row = aGenerationRow({
        state,
        operation: job.operation,
        attemptKey: idempotencyKey,
        errorCode: state === 'failed' ? 'not_found_or_expired' : null,
        attempts: [anAttempt({ outcome: state === 'failed' ? 'failed' : 'accepted' })],
      })
      const stored = { state: 'storing', output, errorCode: null, costMicros: 400_000 }
      expect(after(row, late)).toMatchObject(stored)
    },
  )
})

describe('the bill of a job that was done', () => {
  const done = { type: 'job_done', leaseId: 'lease_1', output } as const
  const notReady = { type: 'output_not_ready', leaseId: 'lease_1', dueAt: now } as const
  const waiting = aGenerationRow({
    state: 'waiting',
    attemptKey: 'key_1',
    operation: job.operation,
    attempts: [anAttempt({ outcome: 'accepted' })],
  })

  test('stays when it is reported done again, without its cost', () => {
    const row = after(waiting, { ...done, reportedMicros: 150_000 }, notReady, done)
    expect(row).toMatchObject({ costMicros: 150_000, isCostReported: true })
  })

  test('stays when the provider then says that it failed', () => {
    const error = { code: 'generation_failed', userMessage: 'Failed.' } as const
    const failed = { type: 'job_failed', leaseId: 'lease_1', error } as const
    const row = after(waiting, done, notReady, failed)
    expect(row).toMatchObject({ state: 'failed', costMicros: 400_000 })
    expect(after(waiting, done, notReady, { ...failed, reportedMicros: 0 }).costMicros).toBe(0)
  })

  test('is its user’s only where the provider has said it: of a failure the catalogue says nothing', () => {
    const error = { code: 'generation_failed', userMessage: 'Failed.' } as const
    const failed = { type: 'job_failed', leaseId: 'lease_1', error } as const
    const held = { ...waiting, heldMicros: 1_200_000 }
    const chargeAfter = (...events: GenerationEvent[]) => {
      const row = after(held, ...events)
      const removed = { type: 'removed', leaseId: 'lease_1', end: null } as const
      const { attempt } = transition({ ...row, leaseId: 'lease_1' }, removed, now)!
      const gone = row.attempts.map((one) => ({ ...one, ...attempt?.set }))
      const charges = [chargeOf(row, row.attempts), chargeOf('removed', gone)]
      expect(charges[1]).toEqual(charges[0])
      expect(row.attempts[0]).toMatchObject({ errorCode: 'generation_failed' })
      return [row.chargedMicros, charges[0]]
    }
    const charge = (costMicros: number, isUncertain: boolean) => {
      return [costMicros, { kind: 'charge', costMicros, isUncertain }]
    }
    const billed = { ...done, reportedMicros: 150_000 }
    expect(chargeAfter(failed)).toEqual(charge(0, true))
    expect(chargeAfter(done, notReady, failed)).toEqual(charge(0, true))
    expect(chargeAfter(billed, notReady, failed)).toEqual(charge(150_000, false))
    const free = { ...failed, reportedMicros: 0 }
    expect(chargeAfter(billed, notReady, free)).toEqual(charge(0, false))
    const dear = { ...failed, reportedMicros: 170_000 }
    expect(chargeAfter(done, notReady, dear)).toEqual(charge(170_000, false))
  })
})
