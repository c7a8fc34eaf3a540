import { says } from '../../../../tests/support/says.ts'
import { expect, it } from 'vitest'
import { testModel, testRoute } from '../../../../tests/support/generations/test-model.ts'
import { type ComposerValues, toRequest } from '../form/composer-values.ts'
import { keepWhatFits } from '../form/keep-what-fits.ts'
import { quoteFor } from './composer-bar.tsx'

const cheap = testRoute({
  provider: 'kie',
  providerLabel: 'Kie.ai',
  price: { perRunUsd: 0.4, perSecondUsd: 0 },
  supports: { silence: false },
})
const dear = testRoute({
  provider: 'vertex',
  providerLabel: 'Google Vertex AI',
  price: { perRunUsd: 0, perSecondUsd: 0.15 },
})
const model = testModel({
  routes: [dear, cheap],
  supports: { duration: { min: 4, max: 8, step: 4 } },
})
const quote = (part: Partial<ComposerValues>, of = model) =>
  quoteFor(of, toRequest(keepWhatFits({ prompt: 'A wave', duration: 8, ...part }, of), of))

it('takes the cheapest provider, with the most it may cost', () =>
  expect(quote({})).toEqual({
    usd: 0.4,
    upToUsd: 1.2,
    reason: says('Via Kie.ai, the cheapest match.'),
  }))

it('takes another provider for what the cheapest lacks', () =>
  expect(quote({ generateAudio: false })).toMatchObject({ usd: 1.2, upToUsd: 1.2 }))

it('multiplies by the number of videos', () =>
  expect(quote({ variations: 3 })).toMatchObject({
    usd: expect.closeTo(1.2),
    upToUsd: expect.closeTo(3.6),
  }))

it('stays below the limit for one video', () => {
  expect(quote({ maxUsd: '1' })).toMatchObject({ upToUsd: 0.4 })
  expect(quote({ maxUsd: '0.1' })).toEqual(says(/costs \$0\.40; your limit is \$0\.10/))
  expect(quote({ maxUsd: 'half' })).toEqual(says('Enter the limit in dollars.'))
})

it('is a message where no provider supports all of it', () => {
  const off = testModel({ routes: [{ ...cheap, isEnabled: false }] })
  expect(quote({}, off)).toEqual(says(/Change a setting/))
  const editor = testModel({
    routes: [{ ...cheap, isEnabled: false }],
    supports: { sourceVideo: 'required' },
  })
  expect(quote({}, editor)).toEqual(says(/edits a video: choose one of yours/))
})
