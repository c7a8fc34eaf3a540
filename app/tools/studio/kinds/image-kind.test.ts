import { inEnglish } from '#lib/messages/translate'
import { describe, expect, it } from 'vitest'
import { aFileView } from '../../../../tests/support/generations/file-view.ts'
import { testModel } from '../../../../tests/support/generations/test-model.ts'
import { fromView } from '../form/composer-values.ts'
import { readDeepLink } from '../form/deep-link.ts'
import { findFaults } from '../form/find-faults.ts'
import { chosenFrom } from '../form/pictures/inputs.ts'
import { keepWhatFits, ratiosOf } from '../form/keep-what-fits.ts'
import { imageKind } from './image-kind.ts'

const id = (letter: string, kind = 'image') => `${kind}_${letter.repeat(24)}`
const supports = {
  aspectRatios: ['1:1' as const, '4:3' as const],
  resolutions: ['1K' as const, '4K' as const],
  duration: { min: 0, max: 0, step: 1 },
  audio: false,
  maxReferences: 2,
  imageFormats: ['png' as const, 'jpeg' as const],
  customSize: { min: 64, max: 4096, step: 1 },
}
const model = testModel({
  kind: 'image',
  supports,
  defaults: { aspectRatio: '1:1', resolution: '1K', duration: 0, generateAudio: false },
})
const filled = { ...imageKind.initial, prompt: 'A wave' }
const check = async (part: object) => {
  const values = keepWhatFits({ ...filled, ...part }, model)
  const faults = await findFaults({ kind: imageKind, values, model, models: [model] })
  return Object.fromEntries(Object.entries(faults).map(([field, one]) => [field, inEnglish(one)]))
}

describe('the form as a request', () => {
  it('has a size where the format is one of the model, and sides where it is not', () => {
    expect(imageKind.toRequest(filled, model)).toEqual({
      prompt: 'A wave',
      model: 'm',
      aspectRatio: '1:1',
      resolution: '1K',
      imageFormat: 'png',
      seed: null,
      negativePrompt: null,
      inputs: { references: [] },
      variations: 1,
      maxUsd: null,
      useCache: false,
    })
    const sized = { ...filled, aspectRatio: 'custom' as const, width: '800', height: '601' }
    const request = imageKind.toRequest(sized, model)
    expect(request).toMatchObject({ aspectRatio: 'custom', width: 800, height: 601 })
    expect(request).not.toHaveProperty('resolution')
  })

  it('is found without fault by the schema of the server', async () => {
    expect(await check({})).toEqual({})
    expect(await check({ aspectRatio: 'custom', width: '800', height: '601' })).toEqual({})
  })

  it('names the side that cannot be, with its limits', async () => {
    const sides = { aspectRatio: 'custom', width: '32', height: 'tall' }
    const faults = await check(sides)
    expect(faults.height).toContain('whole number of pixels')
    expect((await check({ ...sides, height: '5000' })).width).toContain('64 to 4,096 pixels')
    expect((await check({ ...sides, height: '' })).height).toBeDefined()
  })

  it('takes a reference for what is to be changed by words', () => {
    const { pictures } = chosenFrom({
      firstFrame: null,
      lastFrame: null,
      references: [id('a', 'file'), id('b')],
      sourceVideo: null,
    })
    const request = imageKind.toRequest({ ...filled, pictures }, model)
    expect(request.inputs).toEqual({ references: [id('a', 'file'), id('b')] })
    expect(pictures.map(({ url }) => url)).toEqual([
      `/api/media/${id('a', 'file')}/poster`,
      `/api/media/${id('b')}/source`,
    ])
  })
})

it('costs what the next size of the model costs', () => {
  const sized = { ...filled, aspectRatio: 'custom' as const, width: '2000', height: '1000' }
  expect(imageKind.askedOf(sized, model)).toMatchObject({ resolution: '4K', width: 2000 })
  expect(imageKind.askedOf(filled, model)).toMatchObject({ resolution: '1K', width: 1024 })
})

it('comes back from what was made, sides included', () => {
  const view = aFileView({
    type: 'image',
    kind: 'image',
    width: 800,
    height: 601,
    settings: {
      ...aFileView().settings,
      aspectRatio: 'custom',
      resolution: '1K',
      imageFormat: 'jpeg',
      seed: 7,
      promptBefore: 'water',
    },
  })
  expect(imageKind.requestOf(view)).toMatchObject({ width: 800, height: 601, seed: 7 })
  expect(imageKind.requestOf(view)).toHaveProperty('promptBefore', 'water')
  const values = { ...imageKind.initial, ...fromView(view), model: 'm' }
  expect(values).toMatchObject({ width: '800', height: '601', imageFormat: 'jpeg' })
})

it('keeps formats, sizes and files that the model has', () => {
  expect(ratiosOf(model.supports)).toEqual(['1:1', '4:3', 'custom'])
  expect(keepWhatFits({ aspectRatio: '21:9', resolution: '2K' }, model)).toMatchObject({
    aspectRatio: '1:1',
    resolution: '1K',
  })
  const video = testModel()
  expect(keepWhatFits({ aspectRatio: 'custom' }, video).aspectRatio).not.toBe('custom')
})

it('reads an address of its own, and none of videos', () => {
  const params = { aspectRatio: '21:9', resolution: '2K', width: '800', imageFormat: 'jpeg' }
  expect(readDeepLink(params, 'image')).toEqual(params)
  expect(readDeepLink({ ...params, width: '0', imageFormat: 'gif' }, 'video')).toEqual({})
  const references = Array.from({ length: 5 }, (_, index) => id('abcde'[index]!)).join()
  expect(readDeepLink({ references }, 'image').pictures).toHaveLength(5)
  expect(readDeepLink({ firstFrame: id('a', 'file') }).pictures).toHaveLength(1)
})
