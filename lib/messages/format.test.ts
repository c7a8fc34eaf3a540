import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { formatClock, formatOf, formatTimecode, secondsBetween } from './format.ts'

const { bytes: formatBytes, moment: formatMoment, rate: formatRate, span, usd } = formatOf('en')

describe('usd', () => {
  it.each([
    [0, 'free'],
    [0.4, '$0.40'],
    [1234.5, '$1,234.50'],
    [0.0042, '$0.0042'],
    [12, '$12.00'],
  ])('writes %d as %s', (amount, text) => expect(usd(amount)).toBe(text))

  test.each([
    [0.404, '$0.41', '$0.40'],
    [0.1 + 0.2, '$0.30', '$0.30'],
    [3 * 0.1 * 1.1, '$0.33', '$0.33'],
    [1.200001, '$1.21', '$1.20'],
    [0.009_99, '$0.01', '$0.0099'],
    [0.004_04, '$0.0041', '$0.004'],
    [0.000_001, '$0.000001', '$0.000001'],
    [1234.5, '$1,234.50', '$1,234.50'],
  ])('%d is the price %s and the balance %s', (amount, price, balance) => {
    expect(formatOf('en').money(amount)).toBe(price)
    expect(formatOf('en').balance(amount)).toBe(balance)
  })

  test('never writes a price below what may be charged, or a balance above what is there', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000_000_000 }), (micros) => {
        const { money, balance } = formatOf('en')
        const read = (text: string) => Math.round(Number(text.replace(/[$,]/g, '')) * 1e6)
        expect(read(money(micros / 1e6))).toBeGreaterThanOrEqual(micros)
        expect(read(balance(micros / 1e6))).toBeLessThanOrEqual(micros)
        expect(read(money(micros / 1e6)) - micros).toBeLessThan(10_000)
      }),
    )
  })
})

describe('bytes', () => {
  it.each([
    [640, '640 B'],
    [12_340, '12 KB'],
    [999_700, '1.0 MB'],
    [1_234_567, '1.2 MB'],
    [250_000_000, '250 MB'],
  ])('writes %d as %s', (size, text) => expect(formatBytes(size)).toBe(text))
})

test.each([
  [0, '0%'],
  [0.001, '1%'],
  [0.974, '97%'],
  [0.999, '99%'],
  [1, '100%'],
])('%f is %s', (rate, words) => {
  expect(formatRate(rate)).toBe(words)
})

describe('formatClock', () => {
  it.each([
    [0, '0:00.0'],
    [7.42, '0:07.4'],
    [59.99, '0:59.9'],
    [60, '1:00.0'],
    [3605.3, '1:00:05.3'],
    [-5, '0:00.0'],
  ])('writes %d s as %s', (seconds, text) => expect(formatClock(seconds)).toBe(text))
})

describe('formatTimecode', () => {
  it.each([
    [4, '0:04'],
    [4.04, '0:04'],
    [725, '12:05'],
    [3600, '1:00:00'],
  ])('writes %d s as %s', (seconds, text) => expect(formatTimecode(seconds)).toBe(text))
})

describe('span', () => {
  it.each([
    [-1, '0 ms'],
    [0.04, '40 ms'],
    [0.2, '0.2 s'],
    [3, '3 s'],
    [9.97, '10 s'],
    [41.3, '41 s'],
    [59.7, '1 min'],
    [185, '3 min 5 s'],
    [7440, '2 h 4 min'],
  ])('writes %d s as %s', (seconds, text) => expect(span(seconds)).toBe(text))
})

describe('secondsBetween', () => {
  it('measures between two times, or up to a moment', () => {
    expect(secondsBetween('2026-01-01T00:00:00Z', '2026-01-01T00:00:41.5Z')).toBe(41.5)
    expect(secondsBetween('1970-01-01T00:00:00Z', 2500)).toBe(2.5)
  })

  it('stays at zero where the clocks disagree', () => {
    expect(secondsBetween('1970-01-01T00:01:00Z', 0)).toBe(0)
  })
})

const now = new Date(2026, 10, 21, 14, 0)

test.each([
  [new Date(2026, 10, 21, 14, 5), '14:05'],
  [new Date(2026, 10, 22, 1, 30), '01:30'],
  [new Date(2026, 10, 20, 9, 0), '20 Nov, 09:00'],
  [new Date(2026, 11, 3, 18, 45), '3 Dec, 18:45'],
])('%s', (moment, words) => {
  expect(formatMoment(moment.toISOString(), now.getTime())).toBe(words)
})

test('Russian has a decimal comma, and no line breaks before a unit', () => {
  const ru = formatOf('ru')
  expect(ru.usd(0.4)).toBe('$0,40')
  expect(ru.usd(0)).toBe('бесплатно')
  expect(ru.money(0)).toBe('$0,00')
  expect(ru.bytes(1_234_567)).toBe('1,2\u00a0МБ')
  expect(ru.span(185)).toBe('3\u00a0мин\u00a05\u00a0с')
  expect(formatOf('en').rate(0.974)).toBe('97%')
  expect(ru.rate(0.974)).toBe('97\u00a0%')
  expect(ru.month('2026-11')).toBe('ноябрь 2026')
  expect(formatOf('en').month('2026-11')).toBe('November 2026')
  expect(ru.list(['a', 'b', 'c'], 'or')).toBe('a, b или c')
})

test.each(['en', 'ru'] as const)(
  'in %s nothing ends with a full stop, which sentences have',
  (locale) => {
    const format = formatOf(locale)
    const iso = '2026-09-24T12:00:00Z'
    expect(format.date(iso)).toBe(locale === 'ru' ? '24 сентября 2026' : '24 September 2026')
    const words = [
      format.moment(iso, 0),
      format.time(iso),
      format.timestamp(iso),
      format.span(3_700),
    ]
    for (const one of [...words, format.usd(0), format.bytes(2_000), format.list(['a', 'b'])])
      expect(one).not.toMatch(/\.$/)
  },
)
