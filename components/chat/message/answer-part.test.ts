import { expect, test } from 'vitest'
import { startedFrom } from './answer-part.tsx'

test('the card of a call has the format and the prompt that are called for', () => {
  expect(startedFrom({ prompt: 'A fox', aspectRatio: 'square' })).toEqual({
    prompt: 'A fox',
    ratio: '1:1',
  })
  expect(startedFrom({ prompt: '<think>red?</think>A fox' }).prompt).toBe('A fox')
})

test.each([
  undefined,
  null,
  7,
  'A fox',
  [],
  {},
  { prompt: 7 },
  { prompt: null, aspectRatio: {} },
  { prompt: ['A fox'], aspectRatio: 'constructor' },
])('arguments of %j draw an empty card', (input) => {
  expect(startedFrom(input)).toEqual({ prompt: '', ratio: '9:16' })
})
