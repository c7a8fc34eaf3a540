import { expect, test } from 'vitest'
import type { FileView } from '#lib/contract/file-view'
import { aFileView } from '../../../tests/support/generations/file-view.ts'
import { aModelView, aRouteView } from '../../../tests/support/generations/model-view.ts'
import { priceAgain } from './make-again.ts'

const supports = { seed: true, resolutions: ['480p' as const] }
const unseeded = { ...supports, seed: false }
const routes = [
  aRouteView({
    provider: 'cheap',
    price: { perRunUsd: 0.4, perSecondUsd: 0 },
    supports: unseeded,
  }),
  aRouteView({ provider: 'dear', price: { perRunUsd: 0, perSecondUsd: 0.2 }, supports }),
]
const model = aModelView({ id: 'm', supports, routes })
const other = aModelView({
  id: 'other',
  routes: [aRouteView({ price: { perRunUsd: 2, perSecondUsd: 0 }, supports })],
})
const { settings } = aFileView()

/** Quoted at $0, unlike today's price. */
function aVideo(differences: Partial<FileView['settings']> = {}, provider = 'cheap') {
  const attempts = [{ provider }] as FileView['attempts']
  const values = { model: 'm', duration: 8, generateAudio: false, ...differences }
  return aFileView({ attempts, settings: { ...settings, ...values } })
}

test('is the current price, with the most it may cost', () =>
  expect(priceAgain(aVideo(), [model])).toEqual({ usd: 0.4, upToUsd: 1.6 }))

test('includes the price of a provider that keeps the seed', () =>
  expect(priceAgain(aVideo({}, 'dear'), [model])).toEqual({ usd: 1.6, upToUsd: 1.6 }))

test('is the price of the other model', () =>
  expect(priceAgain(aVideo(), [model, other], 'other')).toEqual({ usd: 2, upToUsd: 2 }))

test('stays below the limit', () => {
  expect(priceAgain(aVideo({ maxUsd: 1 }), [model])).toEqual({ usd: 0.4, upToUsd: 0.4 })
  expect(priceAgain(aVideo({ maxUsd: 0.1 }), [model])).toBeNull()
})

test('is null where no provider makes it', () => {
  expect(priceAgain(aVideo({ aspectRatio: '1:1' }), [model])).toBeNull()
  expect(priceAgain(aVideo(), [])).toBeNull()
  expect(priceAgain(aVideo(), [{ ...model, state: 'retired' }])).toBeNull()
  const off = routes.map((route) => ({ ...route, isEnabled: false }))
  expect(priceAgain(aVideo(), [{ ...model, routes: off }])).toBeNull()
})
