import { beforeEach, expect, test } from 'vitest'
import { forgetProcessWide } from '../process-wide.ts'
import { callerNamed } from '../../tests/support/caller-named.ts'
import { rememberCaller, rememberedCount, rememberedCaller } from './remembered-sessions.ts'

beforeEach(() => forgetProcessWide('remembered sessions'))

test('S18: a cookie is remembered for ten seconds', () => {
  rememberCaller('a cookie', callerNamed('anna'), 1_000)
  expect(rememberedCaller('a cookie', 10_999)?.ownerId).toBe('anna')
  expect(rememberedCaller('a cookie', 11_000)).toBeUndefined()
  expect(rememberedCaller('another', 1_000)).toBeUndefined()
})

test('S18: at most a few thousand are remembered, the latest ones', () => {
  for (let index = 0; index < 10_000; index++)
    rememberCaller(`cookie ${index}`, callerNamed('anna'), 1_000)
  expect(rememberedCount()).toBe(4_096)
  expect(rememberedCaller('cookie 9999', 1_000)?.ownerId).toBe('anna')
  expect(rememberedCaller('cookie 0', 1_000)).toBeUndefined()
})

test('S18: what is too old goes with the next that comes', () => {
  for (let index = 0; index < 100; index++)
    rememberCaller(`cookie ${index}`, callerNamed('anna'), 1_000)
  rememberCaller('the next', callerNamed('boris'), 60_000)
  expect(rememberedCount()).toBe(1)
})
