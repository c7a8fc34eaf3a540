import { inEnglish } from '#lib/messages/translate'
import { describe, expect, it } from 'vitest'
import { testModel } from '../../../../../tests/support/generations/test-model.ts'
import {
  fittingPictures,
  freeRole,
  picturePlaces,
  type Picture,
  type PictureRole,
} from './pictures.ts'

const picture = (role: PictureRole, key: string = role): Picture => ({
  key,
  role,
  name: 'a.png',
  url: null,
  id: null,
  progress: 0,
  problem: null,
})
const veo = testModel({
  supports: { firstFrame: true, lastFrame: true, maxReferences: 2 },
}).supports

describe('freeRole', () => {
  it('begins with the first frame, then the last', () => {
    expect(freeRole([], veo)).toBe('firstFrame')
    expect(freeRole([picture('firstFrame')], veo)).toBe('lastFrame')
  })

  it('continues with references, and never mixes them with frames', () => {
    expect(freeRole([picture('reference')], veo)).toBe('reference')
    expect(freeRole([picture('firstFrame'), picture('lastFrame')], veo)).toBeNull()
    expect(freeRole([picture('reference'), picture('reference')], veo)).toBeNull()
  })

  it('is null for a model without pictures', () =>
    expect(freeRole([], testModel().supports)).toBeNull())
})

it('keeps the pictures that the model accepts', () => {
  const all = [
    picture('firstFrame'),
    ...['a', 'b', 'c'].map((key) => picture('reference', key as never)),
  ]
  const supports = { ...veo, firstFrame: false }
  expect(fittingPictures(all, supports).map(({ key }) => key)).toEqual(['a', 'b'])
})

describe('picturePlaces', () => {
  const labels = (...pictures: ReturnType<typeof picture>[]) =>
    picturePlaces(pictures, veo).map(({ name, picture }) => [inEnglish(name), picture?.key])

  it('has a slot for each frame and one for the next reference', () => {
    expect(labels()).toEqual([
      ['First frame', undefined],
      ['Last frame', undefined],
      ['Reference 1', undefined],
    ])
    expect(labels(picture('reference', 'a'), picture('lastFrame', 'b'))).toEqual([
      ['First frame', undefined],
      ['Last frame', 'b'],
      ['Reference 1', 'a'],
      ['Reference 2', undefined],
    ])
  })

  it('ends at the limit of the model', () =>
    expect(labels(picture('reference', 'a'), picture('reference', 'b'))).toHaveLength(4))
})
