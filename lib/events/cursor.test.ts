import fc from 'fast-check'
import { expect, test } from 'vitest'
import { eventId, parseCursor } from './cursor.ts'

const a = `file_${'a'.repeat(24)}`
const b = `file_${'b'.repeat(24)}`

test('reads back what was sent', () => {
  expect([...parseCursor(eventId(a, 7, true), [a])]).toEqual([[a, 7]])
  expect([...parseCursor(`${eventId(a, 7, false)},${eventId(b, 3, false)}`, [a, b])]).toEqual([
    [a, 7],
    [b, 3],
  ])
})

test('a bare number says nothing where several files are followed', () => {
  expect([...parseCursor('7', [a, b])]).toEqual([])
})

test('absurd text is no cursor, and never throws', () => {
  for (const text of ['-1', '99999999999', 'x', ',,,', `${a}:`, 'a'.repeat(5_000)])
    expect([...parseCursor(text, [a])]).toEqual([])
  fc.assert(fc.property(fc.string(), (text) => void parseCursor(text, [a, b])))
})
