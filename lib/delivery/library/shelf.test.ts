import { describe, expect, it } from 'vitest'
import { aFileView } from '../../../tests/support/generations/file-view.ts'
import { type ShelfItem, shelfItemOf, shownOf } from './shelf-item.ts'
import {
  type Shelf,
  troubleOf,
  withFirstPage,
  withItemsBack,
  withNextPage,
  withViewOf,
  withoutItems,
} from './shelf.ts'

/** An item made that many seconds after the first. */
function item(second: number, differences: Partial<ShelfItem> = {}): ShelfItem {
  const file = aFileView({
    id: `file_${second}`,
    status: 'completed',
    createdAt: new Date(second * 1000).toISOString(),
  })
  const kept = { isStarred: false, collections: [], weightBytes: 0 }
  const place = { trashedAt: null, deletedFrom: null, createdAt: file.createdAt }
  const { id } = file
  const made = { id, type: 'video' as const, source: 'video' as const, ...kept, ...place }
  return { ...shelfItemOf({ ...made, file, upload: null }), ...differences }
}

const shelf = (nextCursor: string | null, ...seconds: number[]): Shelf => ({
  items: seconds.map((second) => item(second)),
  nextCursor,
})
const secondsOf = (list: Shelf | undefined) => list?.items.map(({ id }) => Number(id.slice(5)))

describe('a session that is missing', () => {
  const trouble = 'no_session' as const

  it('is no trouble on a first visit', () => {
    expect(troubleOf({ ...shelf(null), trouble }, undefined)).toBeUndefined()
  })

  it('is told where there was one, or where items are shown', () => {
    expect(troubleOf({ ...shelf(null), trouble }, 'mark')).toBe(trouble)
    expect(troubleOf({ ...shelf(null, 1), trouble }, undefined)).toBe(trouble)
    expect(troubleOf({ ...shelf(null), trouble: 'other_session' }, undefined)).toBe('other_session')
  })
})

describe('the first page of now', () => {
  const known = shelf('c', 9, 8, 7, 6, 5, 4)

  it('brings what is new, and takes what is gone', () => {
    const list = withFirstPage(known, shelf('b', 11, 9, 7), true)
    expect(secondsOf(list)).toEqual([11, 9, 7, 6, 5, 4])
    expect(list?.nextCursor).toBe('c')
  })

  it('does not join where there may be more between', () => {
    expect(withFirstPage(known, shelf('b', 15, 14, 13), true)).toBeUndefined()
  })

  it('is all there is where it is the last one', () => {
    expect(secondsOf(withFirstPage(known, shelf(null, 8), true))).toEqual([8])
    expect(secondsOf(withFirstPage(undefined, shelf('x', 3, 2), true))).toEqual([3, 2])
  })

  it('in another order changes facts, and no places', () => {
    const fresh = { ...shelf('b', 9, 20), items: [item(6, { isStarred: true }), item(20)] }
    const list = withFirstPage(known, fresh, false)
    expect(secondsOf(list)).toEqual([9, 8, 7, 6, 5, 4])
    expect(list?.items[3]?.isStarred).toBe(true)
  })
})

describe('what is shown', () => {
  it('goes on with the next page, and lists what moved once', () => {
    const list = withNextPage(shelf('c', 9, 8, 7), shelf(null, 7, 6, 5))
    expect(secondsOf(list)).toEqual([9, 8, 7, 6, 5])
    expect(list.nextCursor).toBeNull()
  })

  it('loses what is trashed, and has it back at its place', () => {
    const known = shelf('c', 9, 8, 7)
    const less = withoutItems(known, new Set(['file_8']))
    expect(secondsOf(less)).toEqual([9, 7])
    const back = (list: Shelf) => withItemsBack(list, known.items, new Set(['file_8']))
    expect(secondsOf(back(less))).toEqual([9, 8, 7])
    expect(withoutItems(known, new Set(['file_1']))).toBe(known)
  })

  it('has it back at its place in any order, with what has changed meanwhile', () => {
    const byName = shelf('c', 4, 9, 2, 7, 5)
    const trashed = new Set(['file_9', 'file_2', 'file_4'])
    const back = (list: Shelf) => secondsOf(withItemsBack(list, byName.items, trashed))
    expect(back(withoutItems(byName, trashed))).toEqual([4, 9, 2, 7, 5])
    expect(back(shelf('c', 11, 7, 5, 3))).toEqual([4, 9, 2, 11, 7, 5, 3])
    expect(back(byName)).toEqual([4, 9, 2, 7, 5])
  })

  it('follows what is being made until it has ended', () => {
    const open = aFileView({ id: 'file_9', version: 3 })
    const known: Shelf = { items: [item(9, { ...shownOf(open) })], nextCursor: null }
    expect(known.items[0]?.status).toBe('open')
    expect(withViewOf(known, { ...open, version: 2 })).toBe(known)
    const done = aFileView({
      id: 'file_9',
      version: 4,
      status: 'completed',
      state: 'completed',
      sizeBytes: 2_000,
      url: '/v.mp4',
    })
    const after = withViewOf(known, done).items[0]
    expect(after).toMatchObject({ status: 'completed', url: '/v.mp4', weightBytes: 2_000 })
    expect(after).not.toHaveProperty('view')
    expect(withViewOf(known, aFileView({ id: 'file_1' }))).toBe(known)
  })
})
