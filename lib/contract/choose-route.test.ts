import { inEnglish } from '#lib/messages/translate'
import { describe, expect, test } from 'vitest'
import { aModelView, aRouteView } from '../../tests/support/generations/model-view.ts'
import { costOf, limitSentence, rankRoutes, type RouteWishes } from './choose-route.ts'
import { noInputs } from './generation-inputs.ts'

const wishes: RouteWishes = {
  prompt: 'a fox',
  aspectRatio: '9:16',
  resolution: '720p',
  duration: 8,
  seed: null,
  negativePrompt: null,
  generateAudio: false,
  inputs: noInputs,
  maxUsd: null,
}
const dear = aRouteView({
  provider: 'dear',
  providerLabel: 'Dear',
  price: { perSecondUsd: 0.4, perRunUsd: 0 },
  supports: { seed: true, firstFrame: true },
})
const cheap = aRouteView({
  provider: 'cheap',
  providerLabel: 'Cheap',
  price: { perSecondUsd: 0, perRunUsd: 0.5 },
})
const foreign = aRouteView({ provider: 'foreign', supports: { anyLanguage: false } })

function chosen(differences: Partial<RouteWishes>, routes = [dear, cheap]) {
  return rankRoutes(routes, { ...wishes, ...differences }).map(({ route }) => route.provider)
}

describe('the provider of a generation', () => {
  test('is the cheapest that can do it, the others in order behind', () => {
    const ranked = rankRoutes([dear, cheap], wishes)
    expect(ranked.map(({ usd }) => usd)).toEqual([0.5, 3.2])
    expect(ranked.map(({ reason }) => inEnglish(reason))).toEqual([
      'Via Cheap, the cheapest match.',
      'Via Dear, the next match.',
    ])
  })

  test.each([
    ['a seed', { seed: 7 }],
    ['a first frame', { inputs: { ...noInputs, firstFrame: 'image_x' } }],
  ])('can do all that is asked: %s', (_, differences) => {
    expect(chosen(differences)).toEqual(['dear'])
  })

  test('stays within the budget, exactly met included', () => {
    expect(chosen({ maxUsd: 3.2 })).toEqual(['cheap', 'dear'])
    expect(chosen({ maxUsd: 3.19 })).toEqual(['cheap'])
    expect(chosen({ maxUsd: 0.49 })).toEqual([])
  })

  test('is switched on', () => {
    expect(chosen({}, [{ ...cheap, isEnabled: false }, dear])).toEqual(['dear'])
  })

  test('reads the language of the prompt before it is cheap', () => {
    expect(chosen({}, [foreign, dear])).toEqual(['foreign', 'dear'])
    const [first] = rankRoutes([foreign, dear], { ...wishes, prompt: 'лиса в снегу' })
    expect(inEnglish(first!.reason)).toBe(
      'Via Dear, which understands the language of your prompt.',
    )
  })

  test('is not asked for a silent film where it always makes sound', () => {
    const loud = aRouteView({ supports: { audio: true } })
    expect(chosen({}, [loud])).toEqual([])
    expect(chosen({ generateAudio: true }, [loud])).toEqual(['p1'])
  })
})

test('a cost has no crumbs of floating point', () => {
  expect(costOf({ perRunUsd: 0, perSecondUsd: 0.1 }, 3)).toBe(0.3)
})

const model = aModelView()
const fourSeconds = {
  prompt: 'a fox',
  aspectRatio: '9:16',
  resolution: '720p',
  duration: 4,
  seed: null,
  negativePrompt: null,
  generateAudio: false,
  inputs: noInputs,
} as const
const sentence = (maxUsd: number | null, part: object = {}) => {
  const said = limitSentence(model, { ...fourSeconds, ...part, maxUsd })
  return said && inEnglish(said)
}

test('names the price, the limit and where it is raised', () => {
  expect(sentence(0.3)).toBe(
    'One video with Model One costs $0.40; your limit is $0.30. Raise “Spend at most” under More.',
  )
  expect(sentence(0.004)).toContain('your limit is $0.004.')
  expect(sentence(0)).toContain('your limit is $0.00.')
})

test('says nothing where something else is in the way, or nothing is', () => {
  expect(sentence(null)).toBeNull()
  expect(sentence(0.4)).toBeNull()
  expect(sentence(0.3, { duration: 99 })).toBeNull()
})
