import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { catalogue } from '../ai/models/catalogue.ts'
import { costOf } from './choose-route.ts'
import { costWithin, priceMicros, pricedAt, pricedMicros, usdOf } from './money.ts'

const costs = fc.integer({ min: 0, max: 2_000_000_000 })
const factors = fc.integer({ min: 1, max: 100_000_000 })
const routes = catalogue.flatMap((model) =>
  model.routes.map((route) => ({ route, seconds: model.defaults.duration })),
)

describe('the price of a cost', () => {
  test.each([
    [400_000, 1_000_000, 400_000],
    [400_000, 1_200_000, 480_000],
    // What is left of a micro-dollar counts as one.
    [400_001, 1_333_333, 533_335],
    [1, 1, 1],
    [0, 100_000_000, 0],
    // Beyond what a double holds exactly.
    [1_999_999_999, 99_999_999, 199_999_997_901],
  ])('of %d at a factor of %d millionths is %d', (cost, factor, price) => {
    expect(pricedMicros(cost, factor)).toBe(price)
  })

  test('is within an amount exactly where the cost is within that of the amount', () => {
    fc.assert(
      fc.property(costs, costs, factors, (cost, amount, factor) => {
        expect(pricedMicros(cost, factor) <= amount).toBe(cost <= costWithin(amount, factor))
      }),
    )
  })

  test('is what the form and the quote say of it: the same micro-dollar on both ways', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...routes),
        fc.integer({ min: 1, max: 60 }),
        factors,
        ({ route: { price } }, seconds, factor) => {
          const priced = pricedMicros(priceMicros(price, seconds), factor)
          expect(costOf(pricedAt(price, factor), seconds)).toBe(usdOf(priced))
        },
      ),
      { numRuns: 2_000 },
    )
  })

  test('is the cost itself without a factor', () => {
    for (const { route, seconds } of routes) {
      expect(pricedAt(route.price, 1_000_000)).toEqual(route.price)
      const cost = priceMicros(route.price, seconds)
      expect(pricedMicros(cost, 1_000_000)).toBe(cost)
    }
  })
})
