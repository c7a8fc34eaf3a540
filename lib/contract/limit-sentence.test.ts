import { expect, test } from 'vitest'
import { aModelView } from '../../tests/support/model-view.ts'
import { noInputs } from './generation-inputs.ts'
import { limitSentence } from './limit-sentence.ts'

const model = aModelView()
const wishes = {
  prompt: 'a fox',
  aspectRatio: '9:16',
  resolution: '720p',
  duration: 4,
  seed: null,
  negativePrompt: null,
  generateAudio: false,
  inputs: noInputs,
} as const
const sentence = (maxUsd: number | null, part: object = {}) =>
  limitSentence(model, { ...wishes, ...part, maxUsd })

test('names the price, the limit and where it is raised', () => {
  expect(sentence(0.3)).toBe(
    'Model One costs $0.40 for one video; the limit is $0.30. Raise “Spend at most” under More.',
  )
  expect(sentence(0.004)).toContain('the limit is $0.004.')
  expect(sentence(0)).toContain('the limit is $0.00.')
})

test('says nothing where something else is in the way, or nothing is', () => {
  expect(sentence(null)).toBeNull()
  expect(sentence(0.4)).toBeNull()
  expect(sentence(0.3, { duration: 99 })).toBeNull()
})
