import { describe, expect, test } from 'vitest'
import { aGenerationRow, anAttempt, changed } from '../../tests/support/generation-row.ts'
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

describe('the bill of a job that was done', () => {
  const done = { type: 'job_done', leaseId: 'lease_1', output } as const
  const notReady = { type: 'output_not_ready', leaseId: 'lease_1', dueAt: now } as const
  const waiting = aGenerationRow({
    state: 'waiting',
    attemptKey: 'key_1',
    operation: job.operation,
    attempts: [anAttempt({ outcome: 'accepted' })],
  })

  test('stands when it is done once more, without a word of its cost', () => {
    const row = after(waiting, { ...done, reportedMicros: 150_000 }, notReady, done)
    expect(row).toMatchObject({ costMicros: 150_000, isCostReported: true })
  })

  test('stands when the provider then says that it failed', () => {
    const error = { code: 'generation_failed', userMessage: 'Failed.' } as const
    const failed = { type: 'job_failed', leaseId: 'lease_1', error } as const
    const row = after(waiting, done, notReady, failed)
    expect(row).toMatchObject({ state: 'failed', costMicros: 400_000 })
    expect(after(waiting, done, notReady, { ...failed, reportedMicros: 0 }).costMicros).toBe(0)
  })
})
