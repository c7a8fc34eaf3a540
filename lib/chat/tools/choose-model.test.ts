import { describe, expect, test } from 'vitest'
import { aModelView, aRouteView } from '../../../tests/support/generations/model-view.ts'
import { noInputs } from '#lib/contract/generation-inputs'
import type { ModelSupports, ModelView } from '#lib/contract/model-view'
import { chooseModel, namedModel } from './choose-model.ts'
import type { Requirements } from './model-match.ts'

/** A model at so many dollars a second, whatever its length. */
function model(
  id: string,
  perSecondUsd: number,
  supports: Partial<ModelSupports> = {},
  more: Partial<Omit<ModelView, 'supports'>> = {},
) {
  const routes = [aRouteView({ supports, price: { perSecondUsd, perRunUsd: 0 } })]
  return aModelView({ id, label: id.toUpperCase(), supports, routes, ...more })
}

const range = (min: number, max: number, step = 1) => ({ duration: { min, max, step } })
const square = { aspectRatios: ['9:16' as const, '1:1' as const] }
const still = { firstFrame: true }
const [costly, cheap] = [model('costly', 0.4), model('cheap', 0.1)]
const demo = model('demo', 0, { ...square, ...range(2, 10) }, { isDemo: true })

const open: Requirements = {
  prompt: 'a fox',
  aspectRatio: undefined,
  seconds: undefined,
  next: undefined,
  resolution: undefined,
  seed: null,
  negativePrompt: null,
  sound: undefined,
  inputs: noInputs,
  image: undefined,
}

function chosen(models: ModelView[], required: Partial<Requirements> = {}, before?: string) {
  const isDemo = before === 'demo'
  const earlier = before ? { model: before, modelLabel: before.toUpperCase(), isDemo } : undefined
  const { model: by, settings, insteadOf } = chooseModel(models, { ...open, ...required }, earlier)
  return { by: by.id, seconds: settings.duration, settings, insteadOf }
}

describe('where no model is named', () => {
  test('the cheapest makes it, and the demo renderer only where no other can', () => {
    expect(chosen([costly, demo, cheap]).by).toBe('cheap')
    expect(chosen([demo, cheap], { aspectRatio: '1:1' }).by).toBe('demo')
    expect(chosen([demo]).by).toBe('demo')
  })

  test('an exact match goes before one that only comes near', () => {
    const exact = model('exact', 1, range(5, 10, 5))
    expect(chosen([cheap, demo, exact], { seconds: 5 })).toMatchObject({ by: 'exact', seconds: 5 })
    expect(chosen([cheap, demo], { seconds: 5 })).toMatchObject({
      by: 'cheap',
      seconds: 6,
      insteadOf: { seconds: 5 },
    })
    expect(chosen([cheap, model('wide', 9, square)], { aspectRatio: '1:1' }).by).toBe('wide')
    expect(chosen([demo, cheap], { resolution: '480p' })).toMatchObject({
      by: 'cheap',
      insteadOf: { resolution: '480p' },
    })
  })

  test('more pixels than required are no loss, fewer are', () => {
    const sizes = (id: string, usd: number, ...resolutions: ModelSupports['resolutions']) =>
      model(id, usd, { resolutions })
    const models = [sizes('small', 2, '480p'), sizes('mid', 0.1, '720p'), sizes('hd', 3, '1080p')]
    expect(chosen(models, { resolution: '480p' }).by).toBe('mid')
    expect(chosen(models, { resolution: '1080p' }).by).toBe('hd')
  })

  test('one that is off, or gone, is never picked', () => {
    const off = model('off', 0.01, {}, { isEnabled: false })
    const gone = model('gone', 0.01, {}, { state: 'retired' })
    const noRoute = model('none', 0.01, {}, { routes: [aRouteView({ isEnabled: false })] })
    expect(chosen([off, gone, noRoute, costly]).by).toBe('costly')
  })

  test('an image goes to the cheapest that takes one, in its own format', () => {
    const required = {
      inputs: { ...noInputs, firstFrame: 'image_1' },
      image: { width: 9, height: 8 },
    }
    const models = [cheap, model('a', 0.3, { ...still, ...square }), model('b', 0.4, still)]
    expect(chosen(models, required)).toMatchObject({ by: 'a', settings: { aspectRatio: '1:1' } })
    expect(() => chosen([cheap, model('off', 1, still, { isEnabled: false })], required)).toThrow(
      'No available model can start from an image. Switched-off models that could: OFF.',
    )
  })

  test('what no model makes is refused, with those that would', () => {
    expect(() => chosen([cheap], { aspectRatio: '1:1' })).toThrow(
      'No available model makes 1:1 videos.',
    )
    const off = model('off', 1, square, { isEnabled: false })
    expect(() => chosen([cheap, off], { aspectRatio: '1:1' })).toThrow(
      'No available model makes 1:1 videos. Switched-off models that could: OFF.',
    )
    expect(() => chosen([cheap], { seconds: 45 })).toThrow('makes videos of about 45 s.')
    expect(() => chosen([cheap], { seed: 7 })).toThrow('takes a seed.')
    const seeded = model('seeded', 1, { seed: true })
    expect(() => chosen([seeded, model('s', 1, square)], { seed: 7, aspectRatio: '1:1' })).toThrow(
      'can do all of this at once',
    )
  })
})

describe('a new version', () => {
  test('stays with its model where that can, and near is enough', () => {
    expect(chosen([cheap, costly], {}, 'costly')).toMatchObject({ by: 'costly', insteadOf: {} })
    const exact = model('exact', 0.1, range(5, 10, 5))
    expect(chosen([exact, costly], { seconds: 5 }, 'costly')).toMatchObject({
      by: 'costly',
      seconds: 6,
    })
    expect(chosen([cheap, demo], { aspectRatio: '1:1' }, 'demo').by).toBe('demo')
  })

  test('goes to another one where that cannot, and says so', () => {
    const wide = model('wide', 1, { ...square, ...range(5, 10, 5) })
    const required = {
      aspectRatio: '1:1' as const,
      seconds: 8,
      sound: true,
      negativePrompt: 'text',
    }
    expect(chosen([cheap, wide], required, 'cheap')).toMatchObject({
      by: 'wide',
      seconds: 10,
      insteadOf: { seconds: 8, sound: true, negativePrompt: 'text', model: 'CHEAP' },
    })
  })

  test('is never taken over by the demo renderer', () => {
    expect(() => chosen([cheap, demo], { aspectRatio: '1:1' }, 'cheap')).toThrow(
      'No available model makes 1:1 videos.',
    )
  })

  test('is longer or shorter by the next step of its model', () => {
    const next = (length: 'longer' | 'shorter', than: number, models = [costly, cheap]) =>
      chosen(models, { next: { length, than } }, 'costly')
    expect(next('longer', 4)).toMatchObject({ by: 'costly', seconds: 6, insteadOf: {} })
    expect(next('shorter', 8)).toMatchObject({ by: 'costly', seconds: 6 })
    const long = model('long', 1, range(5, 10, 5))
    expect(next('longer', 8, [costly, cheap, long])).toMatchObject({ by: 'long', seconds: 10 })
    expect(() => next('longer', 8)).toThrow('makes videos longer than 8 s.')
  })

  test('with references keeps the one length they are taken at', () => {
    const bound = model('bound', 1, { maxReferences: 1, referenceSeconds: 8 })
    const inputs = { ...noInputs, references: ['image_1'] }
    expect(chosen([bound], { seconds: 4, inputs })).toMatchObject({ seconds: 8 })
  })
})

describe('a model that is named', () => {
  const named = (name: string, required: Partial<Requirements>, models = [cheap, costly, demo]) =>
    namedModel(models, name, { ...open, ...required })

  test('is taken, by its id or its name, with the nearest it can do', () => {
    expect(named('costly', { seconds: 5 })?.settings.duration).toBe(6)
    expect(named('Costly', {})?.model.id).toBe('costly')
    expect(named('unheard-of', {})).toBeUndefined()
  })

  test('keeps what it cannot do, for the start to refuse', () =>
    expect(named('costly', { aspectRatio: '1:1' })).toMatchObject({
      settings: { aspectRatio: '1:1' },
      usd: null,
    }))

  test('is no reason for another one', () => {
    const inputs = { ...noInputs, firstFrame: 'image_1' }
    const models = [cheap, model('a', 1, still), model('b', 1, still)]
    expect(() => named('cheap', { inputs }, models)).toThrow(
      'CHEAP can’t start from an image. Models that can: A and B.',
    )
    expect(() => named('costly', { seconds: 20 })).toThrow(
      'COSTLY doesn’t make videos of about 20 s. Models that can: DEMO.',
    )
  })
})
