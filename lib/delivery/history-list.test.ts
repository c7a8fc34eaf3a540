import { describe, expect, test } from 'vitest'
import type { FileView } from '#lib/contract/file-view'
import { aFileView } from '../../tests/support/generations/file-view.ts'
import {
  type HistoryList,
  withBack,
  withFirst,
  withNewest,
  withOlder,
  withView,
  without,
} from './history-list.ts'

const pageSize = 3
const start = Date.parse('2026-11-27T12:00:00Z')

function file(number: number, more: Partial<FileView> = {}) {
  const createdAt = new Date(start + number * 1_000).toISOString()
  return aFileView({ id: `file_${String(number).padStart(3, '0')}`, createdAt, ...more })
}

/** What the server has, as the page of `size` behind `cursor`. */
function page(numbers: number[], from = 0, size = pageSize): HistoryList {
  const files = numbers.toSorted((a, b) => b - a).map((number) => file(number))
  const more = files.length > from + size
  return { files: files.slice(from, from + size), nextCursor: more ? String(from + size) : null }
}

const numbersOf = (list: HistoryList | undefined) =>
  list?.files.map(({ id }) => Number(id.slice(5)))

describe('P4: the newest page, laid over what is known', () => {
  const known = withOlder(page([1, 2, 3, 4, 5, 6, 7]), page([1, 2, 3, 4, 5, 6, 7], 3))

  test('what is new comes on top, and what was read below stays', () => {
    const list = withNewest(known, page([1, 2, 3, 4, 5, 6, 7, 8, 9]))
    expect(numbersOf(list)).toEqual([9, 8, 7, 6, 5, 4, 3, 2])
    expect(list?.nextCursor).toBe(known.nextCursor)
  })

  test('what was deleted elsewhere goes', () => {
    expect(numbersOf(withNewest(known, page([1, 2, 3, 4, 5, 7])))).toEqual([7, 5, 4, 3, 2])
    expect(numbersOf(withNewest(known, page([1, 2, 3])))).toEqual([3, 2, 1])
    expect(numbersOf(withNewest(known, page([])))).toEqual([])
  })

  test('a gap is not closed by a guess: more has to be read', () => {
    const all = Array.from({ length: 20 }, (_, index) => index + 1)
    expect(withNewest(known, page(all))).toBeUndefined()
    const more = withOlder(page(all), page(all, 3, 12))
    expect(numbersOf(withNewest(known, more))?.slice(0, 16)).toEqual(all.toReversed().slice(0, 16))
  })

  test('the first one is the list', () => {
    expect(numbersOf(withNewest(undefined, page([1, 2])))).toEqual([2, 1])
    expect(numbersOf(withNewest({ files: [], nextCursor: null }, page([1, 2])))).toEqual([2, 1])
  })

  test('never takes a view back', () => {
    const ended = file(7, { version: 9, status: 'completed' })
    const list = withNewest(withView(known, ended), page([1, 2, 3, 4, 5, 6, 7]))
    expect(list?.files[0]).toBe(ended)
  })

  test('files of one moment keep their order', () => {
    const twins = ['a', 'b', 'c', 'd'].map((id) => ({ ...file(1), id: `file_${id}` }))
    const [a, b, c, d] = twins as [FileView, FileView, FileView, FileView]
    const list = withNewest(
      { files: [c, b, a], nextCursor: null },
      { files: [d, c], nextCursor: 'c' },
    )
    expect(list?.files.map(({ id }) => id)).toEqual(['file_d', 'file_c', 'file_b', 'file_a'])
  })

  test('ends the trouble with another session', () => {
    const list = withNewest({ ...known, trouble: 'other_session' }, page([1, 2, 3, 4, 5, 6, 7]))
    expect(list?.trouble).toBeUndefined()
  })
})

test('a file that was started is on top once, and one that was deleted nowhere', () => {
  const list = withFirst(withFirst(page([1, 2]), file(3)), file(3, { version: 2 }))
  expect(numbersOf(list)).toEqual([3, 2, 1])
  expect(numbersOf(without(list, ({ id }) => id === 'file_002'))).toEqual([3, 1])
  expect(numbersOf(withFirst(undefined, file(3)))).toEqual([3])
})

test('files that were trashed are back at their places', () => {
  const list = without(page([1, 2, 3]), ({ id }) => id === 'file_001' || id === 'file_003')
  expect(numbersOf(withBack(list, [file(1), file(3)]))).toEqual([3, 2, 1])
  expect(numbersOf(withBack(undefined, [file(2)]))).toEqual([2])
})
