import fc from 'fast-check'
import { expect, test } from 'vitest'
import { costOf } from '#lib/contract/choose-route'
import { costWithin, microsOf, priceMicros, pricedAt, pricedMicros } from '#lib/contract/money'
import { catalogue } from '../../ai/models/catalogue.ts'

const prices = catalogue.flatMap(({ routes }) => routes.map(({ price }) => price))

test('what lists and buttons say of a price is what is held and charged for its cost, whatever the factor', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...prices),
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 100_000_000 }),
      (price, seconds, factor) => {
        const cost = priceMicros(price, seconds)
        const shown = microsOf(costOf(pricedAt(price, factor), seconds))
        expect(shown).toBe(pricedMicros(cost, factor))
        // The provider that was quoted is always within what is held for it.
        expect(costWithin(shown, factor)).toBeGreaterThanOrEqual(cost)
      },
    ),
    { numRuns: 5_000 },
  )
})
