import { says } from '../../../../../tests/support/says.ts'
import { expect, it } from 'vitest'
import { testModel } from '../../../../../tests/support/generations/test-model.ts'
import { initialValues } from '../../form/composer-values.ts'
import type { PictureRole } from '../../form/pictures/pictures.ts'
import { adviseInputs } from './advise-inputs.ts'

const model = testModel({
  supports: { firstFrame: true, lastFrame: true, maxReferences: 3, referenceSeconds: 8 },
})
const advise = (duration: number, ...roles: PictureRole[]) => {
  const pictures = roles.map((role) => ({
    key: role,
    role,
    name: '',
    url: null,
    id: 'image_1',
    progress: 1,
    problem: null,
  }))
  return adviseInputs({ ...initialValues, duration, pictures }, model)
}

it('is null without a conflict', () => {
  expect(advise(4)).toBeNull()
  expect(advise(4, 'firstFrame', 'lastFrame')).toBeNull()
  expect(advise(8, 'reference')).toBeNull()
})

it('names the duration that references need, and offers it', () => {
  const advice = advise(6, 'reference')
  expect(advice?.sentence).toEqual(says('References need 8 s, but the duration is 6 s.'))
  expect(advice?.ways).toEqual([{ label: says('Switch to 8 s'), change: { duration: 8 } }])
})

it('offers to drop the references or the frames', () => {
  const ways = advise(8, 'firstFrame', 'reference')?.ways
  expect(ways?.map(({ change }) => change.pictures?.map(({ role }) => role))).toEqual([
    ['reference'],
    ['firstFrame'],
  ])
})

it('offers to turn a single last frame into the first', () =>
  expect(advise(8, 'lastFrame')?.ways[0]?.change.pictures?.[0]?.role).toBe('firstFrame'))
