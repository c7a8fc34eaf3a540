import { describe, expect, test } from 'vitest'
import { asPlainWords, filledPrompt, isFoundBy, partsOf, variablesOf } from './templates.ts'

const namesOf = (prompt: string) => variablesOf(prompt).map(({ name }) => name)

describe('a variable', () => {
  test.each([
    ['A {fox} in {a deep forest}', ['fox', 'a deep forest']],
    ['{герой} и {второй план}', ['герой', 'второй план']],
    ['{ö-l_2} {नाम}', ['ö-l_2', 'नाम']],
    ['{a}{b}', ['a', 'b']],
    ['{a  b} {a b} {a b }', ['a b']],
  ])('is a word in braces: %s', (prompt, names) => expect(namesOf(prompt)).toEqual(names))

  test.each([
    '{"camera": {"move": "dolly", "steps": [1, 2]}}',
    '.a{color:red}',
    '{ fox }',
    '{1}',
    '{}',
    '{ }',
    '{fox',
    'fox}',
    'x^{2}',
    '{line\nbreak}',
    '{{fox}}',
    '{{fox|red}}',
    `{${'a'.repeat(41)}}`,
  ])('is nothing else: %s', (prompt) => expect(namesOf(prompt)).toEqual([]))

  test('has a suggestion, the first of several', () => {
    expect(variablesOf('{a} {a|x, y: z} {a|other} {b|}')).toEqual([
      { name: 'a', suggestion: 'x, y: z' },
      { name: 'b', suggestion: '' },
    ])
  })
})

describe('a filled prompt', () => {
  test('has every place of a variable filled, and every other brace as it was', () => {
    const prompt = '{a|x} {"json": {"n": 1}} {a} {{a}} {b}'
    expect(filledPrompt(prompt, { a: ' fox ', b: '' })).toBe('fox {"json": {"n": 1}} fox {a} ')
  })

  test('keeps braces and dollars of what is filled in', () => {
    expect(filledPrompt('{a} and {b}', { a: '{b} $& $1', b: '{{a}}' })).toBe('{b} $& $1 and {{a}}')
  })

  test('is not reached by names of the language', () => {
    expect(filledPrompt('{constructor}', { constructor: 'c' })).toBe('c')
  })

  test('of plain words is these words', () => {
    for (const words of ['{fox}', '{"a": 1}', '{{fox}}', '{{{fox}}}', 'a {b|c} d', '{a}{b}'])
      expect(filledPrompt(asPlainWords(words), {})).toBe(words)
  })
})

test('a prompt in pieces is whole', () => {
  expect(partsOf('a {b|c} {{d}}')).toEqual([
    { text: 'a ' },
    { variable: { name: 'b', suggestion: 'c' } },
    { text: ' ' },
    { text: '{d}' },
  ])
  expect(partsOf('')).toEqual([])
})

test('a template is found by all words, in any order, case and form of letters', () => {
  const template = { name: 'Ёлка в снегу', settings: { prompt: 'Slow {move|dolly}' } }
  for (const q of ['елка', 'DOLLY ёлка', '  ', 'снег slow'])
    expect(isFoundBy(template, q)).toBe(true)
  for (const q of ['пальма', 'slow пальма']) expect(isFoundBy(template, q)).toBe(false)
})
