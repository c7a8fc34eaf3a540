import { describe, expect, it } from 'vitest'
import { compareTexts } from '#lib/contract/text/improved-prompt'
import { lostOf, scriptOf } from './said.ts'

describe('what an improvement may not lose', () => {
  it.each([
    [
      'a line in quotes',
      'She says "we leave at dawn".',
      'She whispers “we leave at dawn”, close-up.',
    ],
    [
      'a line in Russian quotes',
      'Он кричит: «Поехали!»',
      'Крупный план: он кричит «Поехали!» Камера дрожит.',
    ],
    [
      'numbers',
      'Three cats, 12 dogs, 16:9, at 24.5 m',
      'Slow pan: 12 dogs and three cats run 24.5 m. 16:9',
    ],
    [
      'a name, in another case',
      'Кошка Мурка смотрит на Анну',
      'Камера приближается: Анна гладит кошку Мурку.',
    ],
    ['a handle and a tag', 'a clip for @anna #summer', 'Soft light. A clip for @anna, #summer.'],
    [
      'what is excluded',
      'a street, no people, without cars',
      'A wide street at dusk, no people and without cars.',
    ],
    ['what is excluded in Russian', 'улица без людей', 'Пустая улица без людей, мягкий свет.'],
    ['a contraction', "the dog doesn't bark", 'Close-up: the dog does not bark.'],
  ])('%s is kept', (_name, before, after) => {
    expect(lostOf(before, after)).toEqual([])
  })

  it.each([
    [
      'a line in quotes',
      'She says "we leave at dawn".',
      'She says "we go at dawn".',
      ['we leave at dawn'],
    ],
    ['a number', 'two cars, 12 dogs', 'Two cars and many dogs', ['12']],
    ['a digit more', 'a house of 3 floors', 'a house of 30 floors', ['3']],
    ['a name', 'we meet Anna', 'we meet a young woman', ['Anna']],
    ['what is excluded', 'a street, no people', 'a street full of people', ['people']],
    ['what is excluded in Russian', 'улица без людей', 'улица, на ней много людей', ['людей']],
    ['the language', 'улица зимой', 'a street in winter', ['Cyrillic']],
    ['the language, the other way', 'a street in winter', 'улица зимой', ['Latin']],
  ])('%s that is gone is found', (_name, before, after, lost) => {
    expect(lostOf(before, after)).toEqual(lost)
  })

  it('takes the language of a line in quotes for no language of the prompt', () => {
    expect(scriptOf('He says «Привет, как дела, друзья»')).toBe('Latin')
    expect(scriptOf('12 34')).toBe('')
  })
})

describe('the comparison of two texts', () => {
  it('names what was added and removed, word by word', () => {
    expect(compareTexts('a red fox', 'a fox runs')).toEqual([
      { at: 0, text: 'a ', change: 'same' },
      { at: 2, text: 'red ', change: 'removed' },
      { at: 6, text: 'fox', change: 'same' },
      { at: 9, text: ' runs', change: 'added' },
    ])
  })

  it.each([
    ['', ''],
    ['one', ''],
    ['', 'one two'],
    ['a  b\nc', 'c b a'],
    ['x '.repeat(300), 'x y '.repeat(200)],
  ])('gives both texts back: %#', (before, after) => {
    const pieces = compareTexts(before, after)
    const textOf = (without: string) =>
      pieces
        .filter(({ change }) => change !== without)
        .map(({ text }) => text)
        .join('')
    expect(textOf('added')).toBe(before)
    expect(textOf('removed')).toBe(after)
  })
})
