import { expect, it } from 'vitest'
import { testModel } from '../test-model.ts'
import { inputWords, lengthWords, soundWords, speedWords } from './limit-words.ts'

const supports = (part: Parameters<typeof testModel>[0]) => testModel(part).supports

it.each([
  [{ min: 4, max: 8, step: 2 }, '4, 6, 8 s'],
  [{ min: 2, max: 10, step: 1 }, '2 to 10 s'],
  [{ min: 5, max: 5, step: 1 }, '5 s'],
  [{ min: 5, max: 30, step: 5 }, '5 to 30 s, every 5'],
])('writes the lengths %o', (duration, words) =>
  expect(lengthWords(supports({ supports: { duration } }))).toBe(words),
)

it('writes what it starts from', () => {
  expect(inputWords(supports({}))).toBeNull()
  expect(
    inputWords(supports({ supports: { firstFrame: true, lastFrame: true, maxReferences: 3 } })),
  ).toBe('first and last frame, 3 references')
  expect(inputWords(supports({ supports: { sourceVideo: 'required' } }))).toBe('makes over a video')
})

it('writes how it sounds', () => {
  expect(soundWords(supports({}))).toBe('sound on or off')
  expect(soundWords(supports({ supports: { silence: false } }))).toBe('always with sound')
  expect(soundWords(supports({ supports: { audio: false } }))).toBe('silent')
})

it('writes a speed as the estimate it is', () => {
  expect(speedWords({ usualSeconds: 90 })).toBe('about 90 s, estimated')
  expect(speedWords({ usualSeconds: 150 })).toBe('about 2 min 30 s, estimated')
  expect(speedWords({ usualSeconds: null })).toBeNull()
})
