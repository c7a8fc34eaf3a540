import { describe, expect, test } from 'vitest'
import { type JobEnd, costOfAttempts, settleAttempt } from './settlement.ts'

const price = 400_000

describe('an attempt', () => {
  test.each<[string, JobEnd, string, number | null]>([
    ['that made no job costs nothing', { kind: 'no_job' }, 'refused', 0],
    ['that was made costs its price', { kind: 'made' }, 'completed', price],
    ['that was made costs what is reported', { kind: 'made', reportedMicros: 1 }, 'completed', 1],
    ['that was made for nothing says so', { kind: 'made', reportedMicros: 0 }, 'completed', 0],
    ['that failed may have cost something', { kind: 'failed' }, 'failed', null],
    ['that failed costs what is reported', { kind: 'failed', reportedMicros: 0 }, 'failed', 0],
    ['that was stopped costs nothing', { kind: 'stopped' }, 'canceled', 0],
    ['that cannot be stopped costs its price', { kind: 'unstoppable' }, 'canceled', price],
    ['of which nothing is known may have cost', { kind: 'unknown' }, 'unknown', null],
  ])('%s', (_name, end, outcome, costMicros) => {
    expect(settleAttempt({ priceMicros: price }, end)).toEqual({ outcome, costMicros })
  })

  test.each([-1, 0.5, Number.NaN, Infinity, 1e300, 1e12 + 1])(
    'whose reported cost can be none, %j, costs what is known without it',
    (reportedMicros) => {
      const costOf = (kind: 'made' | 'failed') =>
        settleAttempt({ priceMicros: price }, { kind, reportedMicros }).costMicros
      expect([costOf('made'), costOf('failed')]).toEqual([price, null])
    },
  )

  test.each<JobEnd>([{ kind: 'failed' }, { kind: 'unknown' }, { kind: 'unstoppable' }])(
    'that is free in any case costs nothing: %j',
    (end) => expect(settleAttempt({ priceMicros: 0 }, end).costMicros).toBe(0),
  )
})

describe('a generation', () => {
  test('costs the sum of its attempts', () => {
    expect(costOfAttempts([])).toBe(0)
    expect(costOfAttempts([{ costMicros: 0 }, { costMicros: 400_000 }])).toBe(400_000)
    expect(costOfAttempts([{ costMicros: 400_000 }, { costMicros: 1_200_000 }])).toBe(1_600_000)
  })

  test('costs what is not known while that of one attempt is not', () => {
    expect(costOfAttempts([{ costMicros: null }, { costMicros: 400_000 }])).toBeNull()
  })
})
