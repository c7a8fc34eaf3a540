import { expect, it } from 'vitest'
import { quoteUsd, rateWords } from './quote.ts'
import { testModel } from './test-model.ts'

const priced = (perRunUsd: number, perSecondUsd: number) =>
  testModel({ price: { perRunUsd, perSecondUsd } })

it('adds the run and its seconds', () => expect(quoteUsd(priced(0.1, 0.05), 6)).toBeCloseTo(0.4))

it('writes a rate', () => {
  expect(rateWords(priced(0, 0))).toBe('free')
  expect(rateWords(priced(0.4, 0))).toBe('$0.40 a video')
  expect(rateWords(priced(0.4, 0.1))).toBe('$0.40 a video and $0.10 a second')
})
