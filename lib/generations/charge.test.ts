import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type AttemptOutcome,
  type GenerationState,
  attemptOutcomes,
  generationStates,
} from '#lib/contract/file-view'
import { type Charge, chargeOf } from './charge.ts'
import { finalStates, isFinalState } from './states.ts'

const price = 400_000
const attempt = (outcome: AttemptOutcome, costMicros: number | null, priceMicros = price) => {
  return { idempotencyKey: 'key_1', outcome, costMicros, priceMicros }
}

type End = GenerationState | 'removed' | 'failed, as billed'

/** What follows on an end; of `failed, as billed` the provider of `key_1` has reported its bill. */
function chargeAt(end: End, all: Parameters<typeof chargeOf>[1]) {
  if (end === 'removed') return chargeOf(end, all)
  const isCostReported = end === 'failed, as billed'
  return chargeOf(
    { state: isCostReported ? 'failed' : end, isCostReported, attemptKey: 'key_1' },
    all,
  )
}

const kept = (isUncertain: boolean): Charge => ({ kind: 'keep', isUncertain })
const paid = (costMicros: number, isUncertain = false): Charge => {
  return { kind: 'charge', costMicros, isUncertain }
}

const attempts = fc.array(
  fc.record({
    idempotencyKey: fc.constantFrom('key_1', 'key_2'),
    outcome: fc.constantFrom(...attemptOutcomes),
    costMicros: fc.option(fc.integer({ min: 0, max: 2_000_000 })),
    priceMicros: fc.constantFrom(0, price),
  }),
  { maxLength: 4 },
)

describe('what a user pays', () => {
  test.each<[string, Parameters<typeof chargeAt>, Charge]>([
    ['nothing yet while it is under way', ['waiting', [attempt('accepted', null)]], kept(false)],
    [
      'nothing yet where a submit is unknown',
      ['submit_unknown', [attempt('unknown', null)]],
      kept(false),
    ],
    ['for a video what it cost', ['completed', [attempt('completed', price)]], paid(price)],
    [
      'for a fallback what all cost',
      ['completed', [attempt('failed', 100), attempt('completed', price)]],
      paid(price + 100),
    ],
    ['nothing for a refusal', ['failed', [attempt('refused', 0)]], paid(0)],
    ['nothing where nothing was tried', ['canceled', []], paid(0)],
    ['what is billed for a failure', ['failed', [attempt('failed', 370_000)]], paid(370_000)],
    [
      'nothing for a failure that may be billed',
      ['failed', [attempt('failed', null)]],
      paid(0, true),
    ],
    [
      'what is billed for a film that was lost',
      ['failed, as billed', [attempt('completed', price)]],
      paid(price),
    ],
    [
      'nothing for the film of an earlier attempt that was lost',
      ['failed, as billed', [{ ...attempt('completed', price), idempotencyKey: 'key_0' }]],
      paid(0, true),
    ],
    ['nothing for a film that was lost', ['failed', [attempt('completed', price)]], paid(0, true)],
    ['nothing for what was stopped', ['canceled', [attempt('canceled', 0)]], paid(0)],
    ['for what could not be stopped', ['canceled', [attempt('canceled', price)]], paid(price)],
    ['for a film that was given up', ['canceled', [attempt('completed', price)]], paid(price)],
    [
      'nothing yet for what may not have been stopped',
      ['canceled', [attempt('canceled', null)]],
      kept(true),
    ],
    [
      'nothing yet for a deleted one of which nothing is known',
      ['removed', [attempt('canceled', null)]],
      kept(true),
    ],
    [
      'nothing for a deleted one whose film was lost',
      ['removed', [{ ...attempt('completed', price), errorCode: 'output_expired' }]],
      paid(0, true),
    ],
    ['for a deleted one what it cost', ['removed', [attempt('completed', price)]], paid(price)],
    [
      'nothing yet where an earlier submit is unknown',
      ['completed', [attempt('unknown', null), attempt('completed', price)]],
      kept(true),
    ],
    [
      'nothing yet where an earlier job may go on',
      ['failed', [attempt('accepted', null), attempt('failed', null)]],
      kept(true),
    ],
    [
      'for the other one where an unknown one was free',
      ['completed', [attempt('unknown', null, 0), attempt('completed', price)]],
      paid(price),
    ],
  ])('%s', (_name, asked, charge) => {
    expect(chargeAt(...asked)).toEqual(charge)
  })

  test('is not settled before the end, and never with doubt about an open attempt', () => {
    fc.assert(
      fc.property(fc.constantFrom(...generationStates), attempts, (state, all) => {
        const charge = chargeAt(state, all)
        if (!isFinalState(state)) expect(charge).toEqual(kept(false))
        const isOpen = all.some(
          ({ outcome, costMicros, priceMicros }) =>
            costMicros === null && priceMicros > 0 && outcome !== 'failed',
        )
        if (isFinalState(state) && isOpen) expect(charge).toEqual(kept(true))
      }),
    )
  })

  test('is never more than is known to have been billed, and all of it for a video', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...finalStates, 'failed, as billed' as const),
        attempts,
        (state, all) => {
          const charge = chargeAt(state, all)
          if (charge.kind === 'keep') return
          const known = all.reduce((sum, { costMicros }) => sum + (costMicros ?? 0), 0)
          expect(charge.costMicros).toBeLessThanOrEqual(known)
          if (!charge.isUncertain) expect(charge.costMicros).toBe(known)
        },
      ),
    )
  })
})
