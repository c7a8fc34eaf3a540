import { expect, it } from 'vitest'
import { testModel } from '../../../../../tests/support/test-model.ts'
import { picturePlaces, type PictureRole } from './pictures.ts'

const { supports } = testModel({
  supports: { firstFrame: true, lastFrame: true, maxReferences: 2 },
})
const picture = (role: PictureRole, key: string) => ({
  key,
  role,
  name: '',
  url: null,
  id: null,
  progress: 0,
  problem: null,
})
const labels = (...pictures: ReturnType<typeof picture>[]) =>
  picturePlaces(pictures, supports).map(({ label, picture }) => [label, picture?.key])

it('has a place for each frame and one for the next reference', () => {
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

it('ends where the model does', () =>
  expect(labels(picture('reference', 'a'), picture('reference', 'b'))).toHaveLength(4))
