import { expect, it } from 'vitest'
import { testModel } from '../../../../../../tests/support/test-model.ts'
import { inputLabel, lengthLabel, rateLabel, soundLabel, speedLabel } from './model-labels.ts'

it.each([
  [0, 0, 'free'],
  [0.4, 0, '$0.40 a video'],
  [0, 0.15, '$0.15 a second'],
  [0.4, 0.1, '$0.40 a video and $0.10 a second'],
])('writes %d a video and %d a second as %s', (perRunUsd, perSecondUsd, words) =>
  expect(rateLabel({ perRunUsd, perSecondUsd })).toBe(words),
)

const supports = (part: Parameters<typeof testModel>[0]) => testModel(part).supports

it.each([
  [{ min: 4, max: 8, step: 2 }, '4, 6, 8 s'],
  [{ min: 2, max: 10, step: 1 }, '2 to 10 s'],
  [{ min: 5, max: 5, step: 1 }, '5 s'],
  [{ min: 5, max: 30, step: 5 }, '5 to 30 s, every 5'],
])('writes the lengths %o', (duration, words) =>
  expect(lengthLabel(supports({ supports: { duration } }))).toBe(words),
)

it('writes the inputs', () => {
  expect(inputLabel(supports({}))).toBeNull()
  expect(
    inputLabel(supports({ supports: { firstFrame: true, lastFrame: true, maxReferences: 3 } })),
  ).toBe('first and last frame, 3 references')
  expect(inputLabel(supports({ supports: { sourceVideo: 'required' } }))).toBe('makes over a video')
})

it('writes the sound', () => {
  expect(soundLabel(supports({}))).toBe('sound on or off')
  expect(soundLabel(supports({ supports: { silence: false } }))).toBe('always with sound')
  expect(soundLabel(supports({ supports: { audio: false } }))).toBe('silent')
})

it('writes the usual time as an estimate', () => {
  expect(speedLabel({ usualSeconds: 90 })).toBe('about 90 s, estimated')
  expect(speedLabel({ usualSeconds: 150 })).toBe('about 2 min 30 s, estimated')
  expect(speedLabel({ usualSeconds: null })).toBeNull()
})
