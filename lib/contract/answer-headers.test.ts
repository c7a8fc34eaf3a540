import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { forgetServerTime, noteServerTime, serverNow, serverTimeHeader } from './answer-headers.ts'

const hour = 3_600_000
const noon = Date.parse('2026-11-27T12:00:00Z')

beforeEach(forgetServerTime)
afterEach(() => {
  vi.useRealTimers()
  forgetServerTime()
})

function answeredAt(serverMs: number, steadyMs: number) {
  noteServerTime(new Headers({ [serverTimeHeader]: String(serverMs) }), steadyMs)
}

describe('F15: the server’s time', () => {
  test('is what the answers say, counted on by a clock that cannot be set', () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    for (const off of [hour, -hour, 400 * 24 * hour]) {
      vi.setSystemTime(noon + off)
      forgetServerTime()
      answeredAt(noon, 5_000)
      expect(serverNow(5_000)).toBe(noon)
      expect(serverNow(9_000)).toBe(noon + 4_000)
      // The clock is set while the page is open.
      vi.setSystemTime(noon - off)
      expect(serverNow(10_000)).toBe(noon + 5_000)
    }
  })

  test('is best where the answer was quickest', () => {
    answeredAt(noon, 5_000 + 800)
    answeredAt(noon + 1_000, 6_000 + 30)
    answeredAt(noon + 2_000, 7_000 + 4_000)
    expect(serverNow(12_000)).toBe(noon + 7_000 - 30)
  })

  test('follows a server whose own clock is set, and a sleep in which the steady clock stood still', () => {
    for (let answer = 0; answer < 8; answer++) answeredAt(noon + answer, answer)
    for (let answer = 8; answer < 16; answer++) answeredAt(noon - hour + answer, answer)
    expect(serverNow(16)).toBe(noon - hour + 16)
    answeredAt(noon + 8 * hour, 17)
    expect(serverNow(17)).toBe(noon + 8 * hour)
  })

  test('comes from the Date header where an answer says no more, and from nothing that is no time', () => {
    noteServerTime(new Headers({ date: new Date(noon).toUTCString() }), 0)
    expect(serverNow(1_000)).toBe(noon + 1_000)
    forgetServerTime()
    const senseless: Record<string, string>[] = [
      {},
      { date: 'yesterday' },
      { [serverTimeHeader]: 'soon' },
    ]
    for (const headers of senseless) noteServerTime(new Headers(headers), 0)
    expect(Math.abs(serverNow() - Date.now())).toBeLessThan(hour)
  })
})
