import { inEnglish } from '#lib/messages/translate'
import { expect, it } from 'vitest'
import { testModel } from '../../../../../tests/support/generations/test-model.ts'
import { inputLabels, lengthLabel, rateLabel, soundLabel, speedLabel } from './model-labels.ts'

it.each([
  [0, 0, 'free'],
  [0.4, 0, '$0.40 per video'],
  [0, 0.15, '$0.15 per second'],
  [0.4, 0.1, '$0.40 per video and $0.10 per second'],
])('writes %d a video and %d a second as %s', (perRunUsd, perSecondUsd, words) =>
  expect(inEnglish(rateLabel({ perRunUsd, perSecondUsd }))).toBe(words),
)

const supports = (part: Parameters<typeof testModel>[0]) => testModel(part).supports

it.each([
  [{ min: 4, max: 8, step: 2 }, '4, 6, 8 s'],
  [{ min: 2, max: 10, step: 1 }, '2 to 10 s'],
  [{ min: 5, max: 5, step: 1 }, '5 s'],
  [{ min: 5, max: 30, step: 5 }, '5 to 30 s, every 5 s'],
])('writes the lengths %o', (duration, words) =>
  expect(inEnglish(lengthLabel(supports({ supports: { duration } })))).toBe(words),
)

it('writes the inputs', () => {
  const inputs = (part: Parameters<typeof testModel>[0]) =>
    inputLabels(supports(part)).map((label) => inEnglish(label))
  expect(inputs({})).toEqual([])
  expect(inputs({ supports: { firstFrame: true, lastFrame: true, maxReferences: 3 } })).toEqual([
    'first and last frame',
    '3 references',
  ])
  expect(inputs({ supports: { sourceVideo: 'required' } })).toEqual(['edits a video'])
})

it('writes the sound', () => {
  const sound = (part: Parameters<typeof testModel>[0]) => inEnglish(soundLabel(supports(part)))
  expect(sound({})).toBe('sound on or off')
  expect(sound({ supports: { silence: false } })).toBe('always with sound')
  expect(sound({ supports: { audio: false } })).toBe('silent')
})

it('writes the usual time as an estimate', () => {
  const speed = (usualSeconds: number) => inEnglish(speedLabel({ usualSeconds })!)
  expect(speed(50)).toBe('about 50 s, estimated')
  expect(speed(150)).toBe('about 2 min 30 s, estimated')
  expect(speedLabel({ usualSeconds: null })).toBeNull()
})
