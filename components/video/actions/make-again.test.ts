import { describe, expect, it } from 'vitest'
import { aFileView } from '../../../tests/support/generations/file-view.ts'
import { testModel, testRoute } from '../../../tests/support/generations/test-model.ts'
import { otherModels, requestAgain, tookSeed } from './make-again.ts'

const { settings } = aFileView()
const seeded = testRoute({ provider: 'vertex' })
const unseeded = testRoute({ provider: 'kie', supports: { seed: false } })
const model = testModel({ id: settings.model, routes: [unseeded, seeded] })

function madeBy(provider: string) {
  const attempt = {
    provider,
    providerLabel: '',
    reason: '',
    outcome: 'completed',
    number: 1,
  } as const
  const rest = {
    model: '',
    error: null,
    reference: null,
    consoleUrl: null,
    costUsd: null,
    startedAt: '',
    endedAt: null,
  }
  return aFileView({ attempts: [{ ...attempt, ...rest }] })
}

describe('a seed', () => {
  it('is kept if its provider used it', () => {
    expect(tookSeed(madeBy('vertex'), [model])).toBe(true)
    expect(tookSeed(madeBy('kie'), [model])).toBe(false)
    expect(requestAgain(madeBy('vertex'), [model])).toMatchObject({ seed: 7 })
    expect(requestAgain(madeBy('kie'), [model])).toMatchObject({ seed: null })
  })

  it('is drawn again for another model', () =>
    expect(requestAgain(madeBy('vertex'), [model], 'other')).toMatchObject({
      model: 'other',
      seed: null,
      prompt: settings.prompt,
    }))
})

it('keeps the limit, with another model too', () => {
  const limited = aFileView({ settings: { ...settings, maxUsd: 0.3 } })
  expect(requestAgain(limited, [model])).toMatchObject({ maxUsd: 0.3 })
  expect(requestAgain(limited, [model], 'other')).toMatchObject({ maxUsd: 0.3 })
})

describe('otherModels', () => {
  const priced = (id: string, perRunUsd: number, part = {}) =>
    testModel({ id, label: id, price: { perRunUsd, perSecondUsd: 0 }, ...part })

  it('offers the models that support the settings, the cheapest first', () => {
    const wide = priced('tall', 0.1, { supports: { aspectRatios: ['9:16'] } })
    const off = priced('off', 0.1, { isEnabled: false })
    const demo = priced('demo', 0, { isDemo: true })
    const all = [model, demo, priced('b', 2), priced('a', 1), wide, off]
    const offers = otherModels(madeBy('kie'), all)
    expect(offers.map(({ id, usd }) => [id, usd])).toEqual([
      ['a', 1],
      ['b', 2],
      ['demo', 0],
    ])
  })

  it('offers the replacement before all others', () => {
    const retired = { ...model, replacementId: 'b' }
    const offers = otherModels(madeBy('kie'), [retired, priced('b', 2), priced('a', 1)])
    expect(offers[0]?.id).toBe('b')
  })
})
