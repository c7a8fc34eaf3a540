import { describe, expect, it } from 'vitest'
import { addressText, filterCount, queryOf, readAddress } from './address.ts'

const read = (text: string) => readAddress(new URLSearchParams(text))

describe('the address of the library', () => {
  it('says everything that is shown, and is read back as it was', () => {
    const text =
      '?q=%D0%BB%D0%B8%D1%81%D0%B0+%22in+snow%22&kind=videos&model=veo-3.1&format=9%3A16&status=failed' +
      '&door=chat&from=2026-11-01&to=2026-11-28&starred=1&collection=col_1&trash=1&sort=largest'
    expect(addressText(read(text))).toBe(text)
  })

  it('ignores what is not valid', () => {
    const text =
      'kind=films&format=7:5&status=x&door=window&from=2026-13-40&to=soon&starred=2&sort=luck'
    expect(read(text)).toEqual({})
    expect(addressText(read(text))).toBe('')
  })

  it('has no word for what is usual', () => {
    expect(addressText({ sort: 'newest', q: '' })).toBe('')
  })

  it('asks for whole days of the reader', () => {
    const { from, to } = queryOf(read('from=2026-11-28&to=2026-11-28'))
    expect(Date.parse(to!) - Date.parse(from!)).toBe(24 * 60 * 60 * 1000)
    expect(new Date(from!).getHours()).toBe(0)
  })

  it('asks for kinds by what comes of them, or how they came', () => {
    expect(queryOf({ kind: 'images' })).toEqual({ media: ['image'] })
    expect(queryOf({ kind: 'uploads', q: '  ' })).toEqual({ source: ['upload'] })
  })

  it('counts the filters of the bar only', () => {
    expect(filterCount(read('q=x&starred=1&trash=1&sort=name'))).toBe(0)
    expect(filterCount(read('kind=videos&from=2026-11-01&collection=c'))).toBe(2)
  })
})
