import { describe, expect, it } from 'vitest'
import { testModel } from '../../../../../tests/support/test-model.ts'
import { fittingPictures, freeRole, type Picture, type PictureRole } from './pictures.ts'

const picture = (role: PictureRole, key = role): Picture => ({
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

  it('goes on with references where there are some, and never mixes', () => {
    expect(freeRole([picture('reference')], veo)).toBe('reference')
    expect(freeRole([picture('firstFrame'), picture('lastFrame')], veo)).toBeNull()
    expect(freeRole([picture('reference'), picture('reference')], veo)).toBeNull()
  })

  it('has no room in a model that takes none', () =>
    expect(freeRole([], testModel().supports)).toBeNull())
})

it('keeps what the model takes', () => {
  const all = [
    picture('firstFrame'),
    ...['a', 'b', 'c'].map((key) => picture('reference', key as never)),
  ]
  const supports = { ...veo, firstFrame: false }
  expect(fittingPictures(all, supports).map(({ key }) => key)).toEqual(['a', 'b'])
})
