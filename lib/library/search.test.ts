import { beforeAll, describe, expect, it } from 'vitest'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import { queueFile } from '../../tests/support/generations/test-generation.ts'
import { findItems } from './items.ts'
import { termsOf } from './search.ts'

withTestDatabase()

const prompts = {
  foxes: 'Two red foxes run through fresh snow',
  lisa: 'Рыжая ЛИСА бежит по снегу',
  yolka: 'Новогодняя ёлка, мягкий свет',
  straw: 'A straw hat — 1.5 seconds, foxes_run.mp4',
  istanbul: 'İstanbul at night, Straße with ﬁne rain',
  fox: 'FOX портрет, крупный план',
  hat: 'A hat in the wind',
  chinese: '一只红色的狐狸在雪地里奔跑',
  list: 'A list of lights',
  percent: '100% cotton, C:\\temp',
}
type Name = keyof typeof prompts
const names = new Map<string, Name>()

beforeAll(async () => {
  const deps = { now: () => new Date() }
  for (const [name, prompt] of Object.entries(prompts))
    names.set((await queueFile(deps, { ownerId: 'anna', prompt })).id, name as Name)
  await queueFile(deps, { ownerId: 'boris', prompt: 'a fox of another' })
})

async function found(q: string) {
  const { rows } = await findItems('anna', { q, limit: 100 })
  return rows.map(({ id }) => names.get(id)!).toSorted((a, b) => a.localeCompare(b))
}

describe('a search', () => {
  it.each<[query: string, names: Name[]]>([
    ['Fox', ['fox', 'foxes', 'straw']],
    ['fox run', ['foxes', 'straw']],
    ['ЛИСА', ['lisa']],
    ['лис', ['lisa']],
    ['лисы', ['lisa']],
    ['лисой снега', ['lisa']],
    ['ёлка', ['yolka']],
    ['ЕЛКА', ['yolka']],
    ['ёлки', ['yolka']],
    ['ветре', []],
    ['ножк', []],
    ['годня', ['yolka']],
    ['istanbul', ['istanbul']],
    ['İSTANBUL', ['istanbul']],
    ['STRASSE', ['istanbul']],
    ['fine', ['istanbul']],
    ['ｆｏｘ', ['fox', 'foxes', 'straw']],
    ['"red foxes"', ['foxes']],
    ['«red foxes»', ['foxes']],
    ['"foxes red"', []],
    ['foxes -snow', ['fox', 'straw']],
    ['fox -foxes', []],
    ['fox -"red foxes"', ['fox', 'straw']],
    ['hat', ['hat', 'straw']],
    ['1.5', ['straw']],
    ['lis', ['list']],
    ['狐狸', ['chinese']],
    ['狐', ['chinese']],
    ['light', ['list']],
    ['100%', ['percent']],
    ['%', []],
    ['_', []],
    ['fo', ['fox', 'foxes', 'straw']],
    ['бе', ['lisa']],
    ['портр', ['fox']],
    ["'; drop table library_item; --", []],
    ['!!! & | :*', []],
    ['\\', []],
  ])('F22: for %s', async (query, expected) => {
    expect(await found(query)).toEqual(expected)
  })

  it('F22: finds what is written in parts, and what is sent so', async () => {
    expect(await found('й'.normalize('NFD'))).toEqual([])
    expect(await found('мягкий'.normalize('NFD'))).toEqual(['yolka'])
  })

  it.each(['', '  ', '"', '-', '" "', "'"])('that says nothing yet (%j) finds all', async (q) => {
    expect(await found(q)).toHaveLength(names.size)
  })

  it('looks for so many words at most', () => {
    expect(termsOf('word '.repeat(90))).toHaveLength(20)
    expect(termsOf('a -b "c d" -"e f" g-h')).toEqual([
      { words: 'a', isPhrase: false, isExcluded: false },
      { words: 'b', isPhrase: false, isExcluded: true },
      { words: 'c d', isPhrase: true, isExcluded: false },
      { words: 'e f', isPhrase: true, isExcluded: true },
      { words: 'g h', isPhrase: false, isExcluded: false },
    ])
  })
})
