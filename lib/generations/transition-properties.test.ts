import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { eventOf, eventsOf } from '../../tests/support/generations/generation-events.ts'
import {
  aGenerationRow,
  anAttempt,
  changed,
} from '../../tests/support/generations/generation-row.ts'
import { chargeOf } from './charge.ts'
import type { GenerationEvent } from './events.ts'
import type { GenerationRow } from './row.ts'
import { isOpenAttempt, nextStates } from './states.ts'
import { transition } from './transition.ts'
import type { Change } from './transitions/change.ts'

const from = Date.parse('2026-11-21T00:00:00Z')
const runs = { numRuns: 400 }

/** Which of all events comes next, how long after the last, and for which of the attempts. */
const moments = fc.array(
  fc.record({ pick: fc.nat(), afterMs: fc.integer({ min: 0, max: 90_000 }), attempt: fc.nat() }),
  { minLength: 1, maxLength: 40 },
)
type Moment = typeof moments extends fc.Arbitrary<(infer One)[]> ? One : never

interface Seen {
  before: GenerationRow
  event: GenerationEvent
  change: Change | null
  after: GenerationRow | undefined
  now: Date
}

/** Plays events that are mostly heard, and hands every one of them to `see`. */
function play(told: Moment[], see: (seen: Seen) => void, first = aGenerationRow()) {
  let row: GenerationRow | undefined = first
  let ms = from
  for (const [turn, { pick, afterMs, attempt }] of told.entries()) {
    if (!row) return
    ms += afterMs
    const now = new Date(ms)
    const before: GenerationRow = row
    const event = pickEvent(before, now, turn, pick, attempt)
    const change = transition(before, event, now)
    row = change ? changed(before, change) : before
    see({ before, event, change, after: row, now })
  }
}

function pickEvent(row: GenerationRow, now: Date, turn: number, pick: number, attempt: number) {
  const { attempts } = row
  // Mostly the current attempt, now and then an earlier one.
  const one = attempt % 3 === 0 ? attempts[attempt % attempts.length] : undefined
  const idempotencyKey = one?.idempotencyKey ?? row.attemptKey ?? 'key_none'
  const leaseId = row.leaseId ?? `lease_${turn}`
  const all = eventsOf({ leaseId, idempotencyKey, ownerId: row.ownerId, now }, turn)
  const sent = all.filter((event) => isSent(event, row))
  const heard = sent.filter((event) => transition(row, event, now) !== null)
  const likely = pick % 5 === 0 || heard.length === 0 ? sent : heard
  return likely[pick % likely.length]!
}

/** A job is only ever asked for where there was one, and bytes are only lost where they were paid for. */
function isSent({ type }: GenerationEvent, { state, operation }: GenerationRow) {
  return type === 'job_done' ? state !== 'failed' || operation !== null : true
}

/** The submit of its first attempt has answered with a video while the second one is under way. */
function answeredBesideAnother(state: 'submitting' | 'waiting') {
  const attempts = [
    anAttempt({ idempotencyKey: 'key_0', outcome: 'unknown' }),
    anAttempt({ number: 2, outcome: state === 'waiting' ? 'accepted' : 'submitting' }),
  ]
  const job = state === 'waiting' ? { operation: { job: 1 } } : {}
  const slotUntil = new Date(from + 1_800_000)
  const row = aGenerationRow({ state, attemptKey: 'key_1', slotUntil, attempts, ...job })
  const sender = { leaseId: '', ownerId: '', idempotencyKey: 'key_0', now: new Date(from) }
  return changed(row, transition(row, eventOf('made_at_once', sender), sender.now)!)!
}

describe('whatever happens to a generation', () => {
  test('it goes only where it may', () => {
    fc.assert(
      fc.property(moments, (told) =>
        play(told, ({ before, after }) => {
          if (!after || after.state === before.state) return
          expect(nextStates[before.state]).toContain(after.state)
        }),
      ),
      runs,
    )
  })

  test('what is over stays over, except for a late success after a failure', () => {
    fc.assert(
      fc.property(moments, (told) =>
        play(told, ({ before, after }) => {
          if (!after) return
          if (before.state === 'completed' || before.state === 'canceled')
            expect(after.state).toBe(before.state)
          if (before.state === 'failed')
            expect(['failed', 'storing', 'waiting']).toContain(after.state)
        }),
      ),
      runs,
    )
  })

  test('its cost is not known while one of its attempts may still be charged', () => {
    fc.assert(
      fc.property(moments, (told) =>
        play(told, ({ after }) => {
          if (!after) return
          const mayBeCharged = after.attempts.some(
            (one) =>
              one.priceMicros > 0 &&
              one.costMicros === null &&
              (one.outcome === 'submitting' || isOpenAttempt(one)),
          )
          if (mayBeCharged) expect(after.costMicros).toBeNull()
          if (after.costMicros === null) return
          const sum = after.attempts.reduce((micros, one) => micros + one.costMicros!, 0)
          expect(after.costMicros).toBe(sum)
        }),
      ),
      runs,
    )
  })

  test('no attempt costs nothing unless the provider says so, or no job was made of it', () => {
    fc.assert(
      fc.property(moments, (told) =>
        play(told, ({ before, after, event }) => {
          const isReported = 'reportedMicros' in event
          // Also of one that was canceled while nothing was known of it: a late refusal is the proof.
          const proven = event.type === 'submit_refused' ? ['canceled'] : []
          const freeBefore = before.attempts.filter(({ costMicros }) => costMicros === 0)
          for (const { idempotencyKey, priceMicros, costMicros, outcome } of after?.attempts ??
            []) {
            const isNews = !freeBefore.some((one) => one.idempotencyKey === idempotencyKey)
            if (priceMicros > 0 && costMicros === 0 && isNews && !isReported)
              expect(['refused', 'failed', ...proven]).toContain(outcome)
          }
        }),
      ),
      runs,
    )
  })

  test('its money follows from what it is then, and news of it is told once', () => {
    const held = aGenerationRow({ heldMicros: 1_440_000, priceFactor: 1_200_000 })
    fc.assert(
      fc.property(moments, (told) => {
        let settled = chargeOf(held, held.attempts)
        let last = held
        play(
          told,
          ({ before, change, after }) => {
            last = after ?? last
            if (change?.charge) {
              expect(change.charge).not.toEqual(settled)
              settled = change.charge
            }
            if (after) expect(settled).toEqual(chargeOf(after, after.attempts))
            if (before.chargedMicros !== null && after)
              expect(after.chargedMicros).toBe(before.chargedMicros)
          },
          held,
        )
        expect(last.chargedMicros ?? 0).toBeLessThanOrEqual(1_440_000)
      }),
      runs,
    )
  })

  test('without a hold nothing is settled', () => {
    fc.assert(
      fc.property(moments, (told) =>
        play(told, ({ change }) => expect(change?.charge).toBeUndefined()),
      ),
      runs,
    )
  })

  test('it holds a slot exactly while a provider may be working', () => {
    fc.assert(
      fc.property(moments, (told) =>
        play(told, ({ after }) => {
          if (!after) return
          const mayWork = ['submitting', 'submit_unknown', 'waiting'].includes(after.state)
          if (!mayWork) expect(after.slotUntil).toBeNull()
          if (after.state === 'submitting') expect(after.slotUntil).not.toBeNull()
        }),
      ),
      runs,
    )
  })

  test('every answer to a paid call is written down while what came of it is open', () => {
    const answers: ReadonlySet<string> = new Set([
      'job_made',
      'made_at_once',
      'submit_refused',
      'submit_failed',
      'submit_lost',
    ])
    fc.assert(
      fc.property(moments, (told) =>
        play(told, ({ before, now }) => {
          for (const { idempotencyKey, outcome } of before.attempts) {
            if (outcome !== 'submitting' && outcome !== 'unknown') continue
            const sender = { leaseId: 'lease_of_another', ownerId: 'boris', idempotencyKey, now }
            for (const answer of eventsOf(sender)) {
              if (!answers.has(answer.type)) continue
              const change = transition(before, answer, now)
              expect(change?.attempt?.idempotencyKey, answer.type).toBe(idempotencyKey)
            }
          }
        }),
      ),
      runs,
    )
  })

  test('bytes that were paid for are tried before it waits for a job again, or fails', () => {
    fc.assert(
      fc.property(moments, fc.constantFrom('submitting', 'waiting'), (told, state) => {
        const untried = new Set(['key_0'])
        play(
          told,
          ({ event, change, after }) => {
            const isPaid = change?.attempt?.set.outcome === 'completed'
            if (event.type === 'made_at_once' && isPaid) untried.add(event.idempotencyKey)
            if (after?.state === 'storing') untried.delete(after.attemptKey!)
            if (!after || untried.size === 0) return
            expect(['submitting', 'waiting', 'storing', 'completed', 'canceled']).toContain(
              after.state,
            )
          },
          answeredBesideAnother(state),
        )
      }),
      runs,
    )
  })

  test('a foreign lease, key or owner changes nothing of it', () => {
    fc.assert(
      fc.property(moments, (told) =>
        play(told, ({ before, now }) => {
          const foreign = { leaseId: 'foreign', idempotencyKey: 'foreign', ownerId: 'boris', now }
          for (const event of eventsOf(foreign)) {
            // A restore sends its event to every row, before any process works on them.
            if (event.type === 'restored') continue
            // Every process may take what is due, or say that there may be news.
            if (event.type === 'claimed' || (event.type === 'woken' && !event.idempotencyKey))
              continue
            expect(transition(before, event, now), event.type).toBeNull()
          }
        }),
      ),
      runs,
    )
  })
})
