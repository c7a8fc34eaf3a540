import { expect, test } from 'vitest'
import english from './en.json' with { type: 'json' }
import russian from './ru.json' with { type: 'json' }
import { stretched } from './stretch.ts'

test('messages grow by a third, and their values, tags and plurals stay', () => {
  const messages = {
    plain: 'Generate',
    one: 'In {place} of {max, number}',
    tag: 'Open <code>{name}</code> now',
    plural: '{count, plural, =0 {none of them} one {# video} other {# videos}}',
    group: { inside: 'Retry' },
  }
  expect(stretched(messages)).toEqual({
    plain: 'Genneraate',
    one: 'In {place} of {max, number}',
    tag: 'Opeen <code>{name}</code> noww',
    plural: '{count, plural, =0 {nonne off theem} one {# viddeo} other {# viddeoss}}',
    group: { inside: 'Rettry' },
  })
})

test('so do messages that the build has compiled', () => {
  const messages = {
    plain: 'Generate',
    one: ['In ', ['place'], ' of ', ['max', 4, 'integer']],
    tag: ['Open ', ['code', ['name']], ' now'],
    plural: [['count', 2, { '=0': 'none of them', one: [0, ' video'], other: [0, ' videos'] }]],
  }
  expect(stretched(messages)).toEqual({
    plain: 'Genneraate',
    one: ['In ', ['place'], ' of ', ['max', 4, 'integer']],
    tag: ['Opeen ', ['code', ['name']], ' noww'],
    plural: [
      ['count', 2, { '=0': 'nonne off theem', one: [0, ' viddeo'], other: [0, ' viddeoss'] }],
    ],
  })
})

test.each([
  ['en', english],
  ['ru', russian],
])('all of %s is longer by about a third', (_, messages) => {
  const text = (tree: object) => JSON.stringify(tree).replaceAll(/\{[^{}]*\}|\P{L}/gu, '')
  const ratio = text(stretched(messages)).length / text(messages).length
  expect(ratio).toBeGreaterThan(1.15)
  expect(ratio).toBeLessThan(1.34)
})
