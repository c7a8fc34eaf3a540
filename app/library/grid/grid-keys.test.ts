import { describe, expect, it } from 'vitest'
import { stepOf } from './grid-keys.ts'

const press = (key: string, at: number, { count = 11, columns = 4, ctrlKey = false } = {}) =>
  stepOf({ key, ctrlKey, metaKey: false }, { at, count, columns })

describe('keys in the grid of the library', () => {
  it.each([
    ['ArrowRight', 0, 1],
    ['ArrowRight', 3, 4],
    ['ArrowRight', 10, undefined],
    ['ArrowLeft', 0, undefined],
    ['ArrowDown', 1, 5],
    ['ArrowDown', 6, 10],
    // The last row has three of four.
    ['ArrowDown', 7, 10],
    ['ArrowDown', 9, undefined],
    ['ArrowUp', 9, 5],
    ['ArrowUp', 2, undefined],
    ['Home', 6, 4],
    ['End', 4, 7],
    ['End', 9, 10],
    ['PageDown', 0, 10],
    ['PageUp', 10, 0],
    ['x', 3, undefined],
  ])('%s at %d leads to %s', (key, at, next) => {
    expect(press(key, at)).toBe(next)
  })

  it('with Ctrl Home and End lead to the ends', () => {
    expect(press('Home', 6, { ctrlKey: true })).toBe(0)
    expect(press('End', 2, { ctrlKey: true })).toBe(10)
  })

  it('in one column moves up and down', () => {
    expect(press('ArrowDown', 4, { columns: 1 })).toBe(5)
    expect(press('ArrowDown', 10, { columns: 1 })).toBeUndefined()
  })
})
