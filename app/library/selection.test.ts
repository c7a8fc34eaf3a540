import { describe, expect, it } from 'vitest'
import { all, extended, nothing, shownOf, toggled, without } from './selection.ts'

const items = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => ({ id }))
const idsOf = ({ ids }: { ids: ReadonlySet<string> }) => [...ids].toSorted().join('')

describe('what is selected in the library', () => {
  it('is added and removed one by one', () => {
    const two = toggled(toggled(nothing, 'a'), 'c')
    expect(idsOf(two)).toBe('ac')
    expect(idsOf(toggled(two, 'a'))).toBe('c')
  })

  it('grows and shrinks as a range from where it began, in both directions', () => {
    const from = toggled(nothing, 'c')
    const down = extended(from, items, 'e')
    expect(idsOf(down)).toBe('cde')
    expect(idsOf(extended(down, items, 'd'))).toBe('cd')
    expect(idsOf(extended(down, items, 'a'))).toBe('abc')
  })

  it('keeps what was selected before the range', () => {
    const before = toggled(toggled(nothing, 'a'), 'd')
    const range = extended(before, items, 'f')
    expect(idsOf(range)).toBe('adef')
    expect(idsOf(extended(range, items, 'd'))).toBe('ad')
  })

  it('begins at the item itself where a range has no beginning, or it left the page', () => {
    expect(idsOf(extended(nothing, items, 'b'))).toBe('b')
    const gone = without(toggled(nothing, 'a'), new Set(['a']))
    expect(idsOf(extended(gone, items, 'c'))).toBe('c')
    expect(extended(gone, items, 'c').anchor).toBe('c')
  })

  it('of another place makes no click select, and is there again on the way back', () => {
    const two = toggled(toggled(nothing, 'e'), 'b')
    expect(shownOf(two, items).items).toEqual([{ id: 'b' }, { id: 'e' }])
    expect(idsOf(shownOf(two, items.slice(2)))).toBe('e')
    expect(shownOf(two, [{ id: 'x' }]).ids.size).toBe(0)
  })

  it('is everything shown, and loses what is gone', () => {
    const whole = all(items)
    expect(idsOf(whole)).toBe('abcdef')
    expect(idsOf(without(whole, new Set(['b', 'f'])))).toBe('acde')
    expect(without(whole, new Set(['x']))).toBe(whole)
    expect(idsOf(all([]))).toBe('')
  })
})
