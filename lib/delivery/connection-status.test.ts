import { expect, test } from 'vitest'
import { connectionStatusOf } from './connection-status.ts'

const line = { stream: 'connecting', sinceMs: 1_000, answeredAtMs: 1_200, nowMs: 10_000 } as const

test('a stream that is kept from standing while polls are answered is polling', () => {
  expect(connectionStatusOf(line)).toBe('polling')
})

test('a stream that has only just begun is connecting, though a poll was answered', () => {
  expect(connectionStatusOf({ ...line, nowMs: 1_500 })).toBe('connecting')
})

test('where nothing is answered either, it is connecting', () => {
  expect(connectionStatusOf({ ...line, answeredAtMs: 0, nowMs: 61_000 })).toBe('connecting')
  expect(connectionStatusOf({ ...line, nowMs: 90_000 })).toBe('connecting')
})

test.each(['connected', 'disconnected'] as const)('%s is what it is', (stream) => {
  expect(connectionStatusOf({ ...line, stream })).toBe(stream)
})
