import { describe, expect, test } from 'vitest'
import { type GenerationState, generationStates } from '#lib/contract/file-view'
import { eventOf } from '../../tests/support/generations/generation-events.ts'
import {
  aGenerationRow,
  anAttempt,
  changed,
} from '../../tests/support/generations/generation-row.ts'
import type { EventType, GenerationEvent } from './events.ts'
import type { GenerationRow } from './row.ts'
import { transition } from './transition.ts'

const now = new Date('2026-11-21T00:00:01Z')
const sender = { leaseId: 'lease_1', idempotencyKey: 'key_1', ownerId: 'anna', now }

/** A row in a state as its way there leaves it. */
function rowIn(state: GenerationState, differences: Partial<GenerationRow> = {}) {
  const outcomes = {
    queued: 'refused',
    submitting: 'submitting',
    submit_unknown: 'unknown',
    waiting: 'accepted',
    storing: 'completed',
    completed: 'completed',
    failed: 'failed',
    canceled: 'canceled',
  } as const
  const attempt = anAttempt({ outcome: outcomes[state] })
  const attemptKey = state === 'queued' ? null : attempt.idempotencyKey
  const job = ['waiting', 'storing', 'failed'].includes(state) ? { operation: { job: 1 } } : {}
  const output = state === 'storing' ? { kind: 'path', path: '/video.mp4' } : null
  const rest = { state, attemptKey, output, attempts: [attempt] }
  return aGenerationRow({ ...rest, ...job, ...differences })
}

function after(row: GenerationRow, event: GenerationEvent) {
  const change = transition(row, event, now)
  return change && changed(row, change)
}

// What moves where; in every state that is not named, the state stays.
const moves: [EventType, Partial<Record<GenerationState, GenerationState>>][] = [
  ['slot_taken', { queued: 'submitting' }],
  ['gave_up', { queued: 'failed' }],
  ['job_made', { submitting: 'waiting', submit_unknown: 'waiting' }],
  [
    'made_at_once',
    { submitting: 'storing', submit_unknown: 'storing', waiting: 'storing', failed: 'storing' },
  ],
  ['submit_refused', { submitting: 'queued', submit_unknown: 'queued' }],
  ['submit_failed', { submitting: 'failed', submit_unknown: 'failed' }],
  ['submit_lost', { submitting: 'submit_unknown' }],
  ['submit_not_found', { submitting: 'submit_unknown' }],
  ['job_done', { waiting: 'storing', failed: 'storing' }],
  ['job_failed', { waiting: 'failed' }],
  ['stored', { storing: 'completed' }],
  ['output_not_ready', { storing: 'waiting' }],
  ['output_lost', { storing: 'failed', waiting: 'failed' }],
  ['canceled', { queued: 'canceled', submit_unknown: 'canceled', waiting: 'canceled' }],
  ['resubmit_requested', { submit_unknown: 'queued' }],
]
const staying: EventType[] = [
  'claimed',
  'lease_renewed',
  'woken',
  'step_idle',
  'step_crashed',
  'held_back',
  'moved',
  'prepare_refused',
  'job_pending',
  'progress_reported',
  'check_failed',
  'store_delayed',
  'cancel_requested',
  'delete_requested',
  'delivered',
  'poster_changed',
]

describe('an event', () => {
  test.each(moves)('%s moves a generation where it is heard, and nowhere else', (type, heard) => {
    for (const state of generationStates) {
      const leaseUntil = type === 'resubmit_requested' ? null : undefined
      const row = rowIn(state, leaseUntil === undefined ? {} : { leaseUntil })
      expect(after(row, eventOf(type, sender))?.state ?? state, state).toBe(heard[state] ?? state)
    }
  })

  test.each(staying)('%s moves nothing', (type) => {
    for (const state of generationStates)
      expect(after(rowIn(state), eventOf(type, sender))?.state ?? state, state).toBe(state)
  })
})

describe('a command', () => {
  test.each(['queued', 'submitting', 'submit_unknown', 'waiting'] as const)(
    'to cancel is heard in %s, and makes the next step due',
    (state) => {
      expect(after(rowIn(state), eventOf('cancel_requested', sender))).toMatchObject({
        cancelRequestedAt: now,
        dueAt: now,
        wait: { code: 'canceling' },
      })
    },
  )

  test('to submit again waits for the step that looks for the first one’s job', () => {
    const again = eventOf('resubmit_requested', sender)
    expect(transition(rowIn('submit_unknown'), again, now)).toBeNull()
    const row = rowIn('submit_unknown', { leaseUntil: null, leaseId: null })
    expect(after(row, again)).toMatchObject({ state: 'queued', attemptKey: null, slotUntil: null })
  })

  test.each(['cancel_requested', 'delete_requested'] as const)(
    '%s has a parked generation taken up',
    (type) => {
      const row = rowIn('waiting', { parkedAt: now, leaseId: null, leaseUntil: null })
      const wished = after(row, eventOf(type, sender))!
      expect(after(wished, eventOf('claimed', { ...sender, leaseId: 'lease_2' }))).toMatchObject({
        leaseId: 'lease_2',
      })
    },
  )

  test('that came before the slot is given out has nothing submitted', () => {
    for (const wish of [{ cancelRequestedAt: now }, { deletedAt: now }])
      expect(transition(rowIn('queued', wish), eventOf('slot_taken', sender), now)).toBeNull()
  })
})

describe('a wake-up in the middle of a step', () => {
  test('is kept when that step ends, and when its lease is renewed', () => {
    const woken = after(rowIn('waiting'), eventOf('woken', sender))!
    expect(after(woken, eventOf('job_pending', sender))!.dueAt).toEqual(now)
    expect(after(woken, eventOf('lease_renewed', sender))!.dueAt).toEqual(now)
  })

  test('has a parked one tried once more, and parked again where it throws again', () => {
    const free = { leaseId: null, leaseUntil: null }
    const crashedSince = new Date(now.getTime() - 25 * 60 * 60_000)
    const parked = rowIn('waiting', {
      parkedAt: now,
      crashedSince,
      ...free,
      wait: { code: 'parked' },
    })
    const woken = after(parked, { type: 'woken' })!
    expect(woken).toMatchObject({ parkedAt: null, wait: null, dueAt: now })
    const again = after(woken, eventOf('claimed', sender))!
    expect(after(again, eventOf('step_crashed', sender))).toMatchObject({ parkedAt: now })
  })

  test('is none where the key is of an earlier attempt', () => {
    const woken = { type: 'woken', idempotencyKey: 'key_0' } as const
    expect(transition(rowIn('waiting'), woken, now)).toBeNull()
    expect(transition(rowIn('failed'), { ...woken, orGivenUp: true }, now)).not.toBeNull()
  })
})

describe('a step that throws', () => {
  const day = 24 * 60 * 60_000
  const crashed = { type: 'step_crashed', leaseId: 'lease_1', retryMs: 5_000 } as const

  test('is due again later, and parked after a day of it', () => {
    const row = after(rowIn('waiting'), crashed)!
    expect(row).toMatchObject({ crashedSince: now, failures: 1, leaseId: null, parkedAt: null })
    expect(row.dueAt.getTime() - now.getTime()).toBe(5_000)
    const dayAgo = (ms: number) => new Date(now.getTime() - day + ms)
    expect(after(rowIn('waiting', { crashedSince: dayAgo(1) }), crashed)!.parkedAt).toBeNull()
    expect(after(rowIn('waiting', { crashedSince: dayAgo(0) }), crashed)).toMatchObject({
      parkedAt: now,
      wait: { code: 'parked' },
    })
  })

  test('is forgotten where the next does not', () => {
    const row = rowIn('waiting', { crashedSince: now })
    expect(after(row, eventOf('job_pending', sender))!.crashedSince).toBeNull()
  })

  test('is taken up by force alone once it is parked', () => {
    const row = rowIn('waiting', { parkedAt: now, leaseId: null, leaseUntil: null })
    const claim = { type: 'claimed', leaseId: 'lease_2', leaseMs: 1_000 } as const
    expect(transition(row, { ...claim, force: false }, now)).toBeNull()
    expect(after(row, { ...claim, force: true })).toMatchObject({ parkedAt: null, wait: null })
  })
})

describe('the job of an earlier attempt', () => {
  const found = eventOf('earlier_job_found', sender)

  test.each(['queued', 'failed'] as const)('is what a %s generation goes back to', (state) => {
    for (const outcome of ['unknown', 'accepted'] as const) {
      const row = rowIn(state, { attempts: [anAttempt({ outcome })] })
      expect(after(row, found)).toMatchObject({ state: 'waiting', attemptKey: 'key_1' })
    }
  })

  test('is none where that attempt is over, or another is under way', () => {
    for (const state of generationStates) expect(after(rowIn(state), found)).toBeNull()
  })
})

test('a submit that is lost costs nothing where that is free in any case', () => {
  const free = anAttempt({ priceMicros: 0 })
  const lost = eventOf('submit_lost', sender)
  expect(after(rowIn('submitting', { attempts: [free] }), lost)).toMatchObject({
    state: 'submit_unknown',
    attempts: [{ outcome: 'unknown', costMicros: 0 }],
  })
  expect(after(rowIn('submitting'), lost)).toMatchObject({ attempts: [{ costMicros: null }] })
})

describe('an answer that comes late', () => {
  const late = anAttempt({ outcome: 'unknown' })
  const current = anAttempt({ idempotencyKey: 'key_2', number: 2 })
  const job = { type: 'job_made', idempotencyKey: 'key_1', job: { operation: { job: 1 } } } as const

  test('brings the generation back to its job where no other submit is under way', () => {
    const row = rowIn('queued', { attempts: [late], provider: 'vertex', priceMicros: 1_200_000 })
    expect(after(row, job)).toMatchObject({
      state: 'waiting',
      attemptKey: 'key_1',
      provider: 'kie',
      priceMicros: 400_000,
    })
  })

  test('is written down alone where one is', () => {
    const row = rowIn('submitting', { attempts: [late, current], attemptKey: 'key_2' })
    expect(after(row, job)).toMatchObject({
      state: 'submitting',
      attemptKey: 'key_2',
      attempts: [{ outcome: 'accepted' }, { outcome: 'submitting' }],
    })
  })

  test('has what a canceled one cost become known', () => {
    const gone = anAttempt({ outcome: 'canceled' })
    expect(after(rowIn('canceled', { attempts: [gone] }), job)).toMatchObject({
      state: 'canceled',
      costMicros: 400_000,
      attempts: [{ outcome: 'canceled', costMicros: 400_000 }],
    })
  })
})
