import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inEnglish } from '#lib/messages/translate'
import { testModel, testRoute } from '../../../tests/support/generations/test-model.ts'
import { rankRoutes } from '../choose-route.ts'
import { faultOf } from '../generate-video-request.ts'
import { imageRatios, imageSizes } from '../model-view.ts'
import { generateImageRequestSchema } from './generate-image-request.ts'

const supports = {
  aspectRatios: ['1:1' as const, '4:3' as const],
  resolutions: ['1K' as const, '2K' as const],
  duration: { min: 0, max: 0, step: 1 },
  audio: false,
  silence: false,
  customSize: { min: 256, max: 2048, step: 8 },
  imageFormats: ['png' as const, 'jpeg' as const],
  maxReferences: 2,
}
const defaults = {
  aspectRatio: '1:1',
  resolution: '1K',
  duration: 0,
  generateAudio: false,
} as const
const price = { perSecondUsd: 0, perRunUsd: 0.1, perRunUsdAt: { '2K': 0.3 } }
const model = testModel({
  id: 'm1',
  kind: 'image',
  label: 'Model One',
  defaults,
  supports,
  price,
  routes: [testRoute({ supports, price })],
})
const plain = testModel({
  id: 'm2',
  kind: 'image',
  label: 'Model Two',
  defaults,
  supports: { ...supports, customSize: null },
  routes: [testRoute({ supports: { ...supports, customSize: null } })],
})
const schema = generateImageRequestSchema([model, plain])

function faultsOf(request: object) {
  const issues = schema.safeParse({ prompt: 'a fox', ...request }).error?.issues ?? []
  return Object.fromEntries(
    issues.map((issue) => [issue.path.join('.'), inEnglish(faultOf(issue))]),
  )
}

test('an image needs only a prompt and takes the rest from its model', () => {
  expect(schema.parse({ prompt: ' a fox ' })).toEqual({
    prompt: 'a fox',
    model: 'm1',
    aspectRatio: '1:1',
    resolution: '1K',
    width: 1024,
    height: 1024,
    duration: 0,
    imageFormat: 'png',
    seed: null,
    negativePrompt: null,
    generateAudio: false,
    inputs: { firstFrame: null, lastFrame: null, references: [], sourceVideo: null },
    variations: 1,
    maxUsd: null,
    useCache: false,
  })
})

describe('a width and a height', () => {
  test.each([
    [1024, 1024, '1K'],
    [1032, 1024, '2K'],
    [256, 2048, '1K'],
    [2048, 2048, '2K'],
  ])('of %d and %d are custom, and cost what %s costs', (width, height, resolution) => {
    const settings = schema.parse({ prompt: 'a fox', width, height })
    expect(settings).toMatchObject({ aspectRatio: 'custom', resolution, width, height })
    const [choice] = rankRoutes(model.routes, settings)
    expect(choice!.usd).toBe(resolution === '2K' ? 0.3 : 0.1)
  })

  const limits = 'Model One makes images of 256 to 2,048 pixels a side, in steps of 8 pixels.'
  test.each<[object, Record<string, string>]>([
    [
      { width: 255, height: 2049 },
      { width: limits, height: limits },
    ],
    [{ width: 257, height: 512 }, { width: limits }],
    [{ width: 512 }, { height: 'Give both: width and height.' }],
    [{ aspectRatio: 'custom' }, { width: 'Give both: width and height.' }],
    [
      { width: 0, height: -8 },
      { width: 'Enter a whole number of pixels.', height: 'Enter a whole number of pixels.' },
    ],
    [{ width: 512.5, height: 512 }, { width: 'Enter a whole number of pixels.' }],
    [
      { width: 512, height: 512, aspectRatio: '4:3', resolution: '1K' },
      {
        aspectRatio: 'Use an aspect ratio or a width and a height, not both.',
        resolution: 'Use a size or a width and a height, not both.',
      },
    ],
    [
      { model: 'm2', width: 512, height: 512 },
      { width: 'Model Two takes no width and height. Choose one of its aspect ratios.' },
    ],
    [
      { model: 'm2', aspectRatio: 'custom' },
      { aspectRatio: 'Model Two takes no width and height. Choose one of its aspect ratios.' },
    ],
  ])('are refused by name where they do not fit: %j', (request, faults) => {
    expect(faultsOf(request)).toEqual(faults)
  })
})

test.each<[object, Record<string, string>]>([
  [{ aspectRatio: '21:9' }, { aspectRatio: 'Model One makes 1:1, 4:3.' }],
  [{ resolution: '4K' }, { resolution: 'Model One makes 1K, 2K.' }],
  [{ imageFormat: 'gif' }, { imageFormat: 'Choose one of: png, jpeg.' }],
  [{ variations: 5 }, { variations: 'Enter a whole number from 1 to 4.' }],
  [
    { inputs: { references: ['1', '2', '3'].map((n) => `file_${n.repeat(24)}`) } },
    { 'inputs.references': 'Model One takes 2 references.' },
  ],
  [{ maxUsd: 0.2, resolution: '2K' }, { maxUsd: expect.stringContaining('costs') as string }],
])('what its model cannot do is refused by name: %j', (request, faults) => {
  expect(faultsOf(request)).toEqual(faults)
})

test('no request that passes is one that no provider can make', () => {
  const side = fc.option(fc.integer({ min: 200, max: 2_100 }), { nil: undefined })
  const requests = fc.record({
    prompt: fc.constant('a fox'),
    aspectRatio: fc.option(fc.constantFrom(...imageRatios), { nil: undefined }),
    resolution: fc.option(fc.constantFrom(...imageSizes), { nil: undefined }),
    width: side,
    height: side,
    maxUsd: fc.option(fc.constantFrom(0, 0.1, 0.3), { nil: undefined }),
  })
  fc.assert(
    fc.property(requests, (request) => {
      const { data } = schema.safeParse(request)
      if (data) expect(rankRoutes(model.routes, data)).not.toEqual([])
    }),
  )
})
