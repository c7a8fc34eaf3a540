import { expect, test } from 'vitest'
import { aModelView, aRouteView } from '../../../tests/support/model-view.ts'
import type { ModelView } from '#lib/contract/model-view'
import { modelForImage } from './model-for-image.ts'
import { nearestRatio } from './nearest-ratio.ts'

const words = aModelView({ id: 'words', label: 'Words' })
const model = (id: string, perSecondUsd: number, more: Partial<ModelView> = {}) => {
  const supports = { firstFrame: true }
  const routes = [aRouteView({ supports, price: { perSecondUsd, perRunUsd: 0 } })]
  return aModelView({ id, label: id.toUpperCase(), supports, routes, ...more })
}
const [dear, cheap] = [model('dear', 0.4), model('cheap', 0.1)]
const wish = { prompt: 'slow zoom' }
const chosen = (models: ModelView[], input: object = {}, before?: string) =>
  modelForImage(models, { ...wish, ...input }, before).id

test('the usual model stays where it takes a first frame', () => {
  expect(chosen([dear, cheap])).toBe('dear')
  expect(chosen([cheap, dear], {}, 'dear')).toBe('dear')
  expect(chosen([cheap, dear], { model: 'dear' })).toBe('dear')
})

test('else the cheapest takes its place, that can do the rest', () => {
  expect(chosen([words, dear, cheap])).toBe('cheap')
  expect(chosen([dear, words, cheap], {}, 'words')).toBe('cheap')
  const short = model('short', 0.01, { supports: { ...cheap.supports, duration: range(2, 3) } })
  expect(chosen([words, dear, cheap, short], { seconds: 6 })).toBe('cheap')
  expect(chosen([words, dear, cheap, short], { seconds: 60 })).toBe('short')
})

test('one that is off, or gone, is never picked', () => {
  const off = model('off', 0.01, { isEnabled: false })
  const gone = model('gone', 0.01, { state: 'retired' })
  expect(chosen([words, off, gone, cheap])).toBe('cheap')
})

test('a named model that takes none is no reason for another', () => {
  expect(() => chosen([words, cheap, dear], { model: 'words' })).toThrow(
    'Words does not begin with an image. Models that do: CHEAP, DEAR.',
  )
  expect(() => chosen([words])).toThrow('No model that is switched on here begins with an image.')
})

test('a picture gets the format it loses least in', () => {
  const ratios = ['9:16', '16:9', '1:1'] as const
  expect(nearestRatio(ratios, { width: 1500, height: 1000 })).toBe('16:9')
  expect(nearestRatio(ratios, { width: 1000, height: 900 })).toBe('1:1')
  expect(nearestRatio(['9:16', '16:9'], { width: 900, height: 1000 })).toBe('9:16')
})

function range(min: number, max: number) {
  return { min, max, step: 1 }
}
