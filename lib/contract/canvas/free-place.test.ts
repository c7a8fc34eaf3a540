import { expect, test } from 'vitest'
import { type Rect, freeNear, freePlace } from './free-place.ts'

/** Numbers from 0 to 1, the same each time (mulberry32). */
function randomFrom(seed: number) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

function isOver(a: Rect, b: Rect) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

const chat = { x: 0, y: 0, width: 400, height: 520 }
const size = { width: 360, height: 320 }

test('the first is beside the chat, the next ones below it', () => {
  const first = { ...size, ...freePlace(chat, size, [chat]) }
  expect(first).toMatchObject({ x: 500, y: 0 })
  const second = { ...size, ...freePlace(chat, size, [chat, first]) }
  expect(second).toMatchObject({ x: 500, y: 360 })
})

test('a gap that is large enough is used', () => {
  const low = { x: 500, y: 900, ...size }
  expect(freePlace(chat, size, [low])).toEqual({ x: 500, y: 0 })
})

/** Sizes and places, the same each time. */
function rectsOf(seed: number) {
  const random = randomFrom(seed)
  const between = (low: number, high: number) => Math.round(low + random() * (high - low))
  const aRect = (): Rect => ({
    x: between(-1500, 1500),
    y: between(-1500, 1500),
    width: between(40, 900),
    height: between(40, 900),
  })
  return { between, aRect }
}

test('never over another, whatever is there', () => {
  for (let seed = 0; seed < 300; seed++) {
    const { between, aRect } = rectsOf(seed)
    const from = aRect()
    const there = [from, ...Array.from({ length: between(0, 60) }, aRect)]
    for (let count = 0; count < 5; count++) {
      const placed = { ...size, ...freePlace(from, size, there) }
      expect(there.some((other) => isOver(placed, other))).toBe(false)
      expect(placed.y).toBeGreaterThanOrEqual(from.y)
      there.push(placed)
    }
  }
})

test('what is wanted at a free place is there, and else in the nearest gap beside it', () => {
  const wanted = { x: 0, y: 0, ...size }
  expect(freeNear(wanted, [])).toEqual({ x: 0, y: 0 })
  expect(freeNear(wanted, [{ x: 2_000, y: 0, ...size }])).toEqual({ x: 0, y: 0 })
  const under = (x: number, y: number) => freeNear(wanted, [{ x, y, width: 400, height: 400 }])
  expect(under(0, 300)).toEqual({ x: 0, y: -60 })
  expect(under(0, -380)).toEqual({ x: 0, y: 60 })
  expect(under(340, 0)).toEqual({ x: -60, y: 0 })
  expect(under(-380, 0)).toEqual({ x: 60, y: 0 })
})

test('what is wanted anywhere is over nothing, however many are added there', () => {
  for (let seed = 0; seed < 300; seed++) {
    const { between, aRect } = rectsOf(seed)
    const there = Array.from({ length: between(0, 60) }, aRect)
    const wanted = aRect()
    for (let count = 0; count < 5; count++) {
      const placed = { ...wanted, ...freeNear(wanted, there) }
      expect(there.some((other) => isOver(placed, other))).toBe(false)
      expect([placed.x === wanted.x, placed.y === wanted.y]).toContain(true)
      there.push(placed)
    }
  }
})
