import { expect, test } from 'vitest'
import { aFileView } from '../../tests/support/file-view.ts'
import { aModelView, aRouteView } from '../../tests/support/model-view.ts'
import { versionPrice } from './version-price.ts'

const latin = aRouteView({
  price: { perRunUsd: 0.4, perSecondUsd: 0 },
  supports: { anyLanguage: false },
})
const seeded = aRouteView({
  provider: 'p2',
  price: { perRunUsd: 1.2, perSecondUsd: 0 },
  supports: { seed: true },
})
const models = [aModelView({ id: 'm', routes: [latin, seeded] })]
const { settings } = aFileView()

const price = (maxUsd: number | null, changes = {}) => {
  const own = { model: 'm', resolution: '720p', duration: 8, generateAudio: false } as const
  return versionPrice({ settings: { ...settings, ...own, maxUsd } }, models, changes)
}

test('the seed of the video before is not paid for', () =>
  expect(price(null)).toEqual({ usd: 0.4, upToUsd: 1.2 }))

test('the price is that of the words that stand in the box', () =>
  expect(price(null, { prompt: 'лиса' })).toEqual({ usd: 1.2, upToUsd: 1.2 }))

test('the limit of the video holds, but where nobody makes it for so little', () => {
  expect(price(0.5)).toEqual({ usd: 0.4, upToUsd: 0.4 })
  expect(price(0.1)).toEqual({ usd: 0.4, upToUsd: 1.2 })
})

test('a model there is not has no price', () => expect(price(null, { model: 'x' })).toBeNull())
