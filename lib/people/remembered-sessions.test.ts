import { beforeEach, expect, test } from 'vitest'
import { forgetProcessWide } from '../process-wide.ts'
import { rememberUser, rememberedCount, rememberedUser } from './remembered-sessions.ts'

beforeEach(() => forgetProcessWide('remembered sessions'))

test('S18: a cookie is remembered for ten seconds', () => {
  rememberUser('a cookie', 'anna', 1_000)
  expect(rememberedUser('a cookie', 10_999)).toBe('anna')
  expect(rememberedUser('a cookie', 11_000)).toBeUndefined()
  expect(rememberedUser('another', 1_000)).toBeUndefined()
})

test('S18: at most a few thousand are remembered, the latest ones', () => {
  for (let index = 0; index < 10_000; index++) rememberUser(`cookie ${index}`, 'anna', 1_000)
  expect(rememberedCount()).toBe(4_096)
  expect(rememberedUser('cookie 9999', 1_000)).toBe('anna')
  expect(rememberedUser('cookie 0', 1_000)).toBeUndefined()
})

test('S18: what is too old goes with the next that comes', () => {
  for (let index = 0; index < 100; index++) rememberUser(`cookie ${index}`, 'anna', 1_000)
  rememberUser('the next', 'boris', 60_000)
  expect(rememberedCount()).toBe(1)
})
