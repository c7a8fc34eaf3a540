import { expect, test } from 'vitest'
import type { FileView } from '#lib/contract/file-view'
import { aFileView } from '../../../tests/support/file-view.ts'
import { aModelView, aRouteView } from '../../../tests/support/model-view.ts'
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

/** Quoted for nothing, which is not what it costs today. */
function aVideo(differences: Partial<FileView['settings']> = {}, provider = 'cheap') {
  const attempts = [{ provider }] as FileView['attempts']
  const values = { model: 'm', duration: 8, generateAudio: false, ...differences }
  return aFileView({ attempts, settings: { ...settings, ...values } })
}

test('the price is that of today, with what it may come to', () =>
  expect(priceAgain(aVideo(), [model])).toEqual({ usd: 0.4, upToUsd: 1.6 }))

test('a seed that is kept is paid for', () =>
  expect(priceAgain(aVideo({}, 'dear'), [model])).toEqual({ usd: 1.6, upToUsd: 1.6 }))

test('another model has its own price', () =>
  expect(priceAgain(aVideo(), [model, other], 'other')).toEqual({ usd: 2, upToUsd: 2 }))

test('its limit holds', () => {
  expect(priceAgain(aVideo({ maxUsd: 1 }), [model])).toEqual({ usd: 0.4, upToUsd: 0.4 })
  expect(priceAgain(aVideo({ maxUsd: 0.1 }), [model])).toBeNull()
})

test('there is none where no provider makes it', () => {
  expect(priceAgain(aVideo({ aspectRatio: '1:1' }), [model])).toBeNull()
  expect(priceAgain(aVideo(), [])).toBeNull()
  expect(priceAgain(aVideo(), [{ ...model, state: 'retired' }])).toBeNull()
  const off = routes.map((route) => ({ ...route, isEnabled: false }))
  expect(priceAgain(aVideo(), [{ ...model, routes: off }])).toBeNull()
})
