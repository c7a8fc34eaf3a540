import { beforeEach, expect, test } from 'vitest'
import { forgetProcessWide } from '../process-wide.ts'
import { callerNamed } from '../../tests/support/people/caller-named.ts'
import {
  forgetCaller,
  forgetSessions,
  rememberCaller,
  rememberedCaller,
  rememberedCount,
} from './remembered-sessions.ts'

const aSession = (name: string) => ({ caller: callerNamed(name), sessionId: `of ${name}` })

beforeEach(() => forgetProcessWide('remembered sessions'))

test('S18: a cookie is remembered for ten seconds', () => {
  rememberCaller('a cookie', aSession('anna'), 1_000)
  expect(rememberedCaller('a cookie', 10_999)?.caller.ownerId).toBe('anna')
  expect(rememberedCaller('a cookie', 11_000)).toBeUndefined()
  expect(rememberedCaller('another', 1_000)).toBeUndefined()
})

test('S18: at most a few thousand are remembered, the latest ones', () => {
  for (let index = 0; index < 10_000; index++)
    rememberCaller(`cookie ${index}`, aSession('anna'), 1_000)
  expect(rememberedCount()).toBe(4_096)
  expect(rememberedCaller('cookie 9999', 1_000)?.caller.ownerId).toBe('anna')
  expect(rememberedCaller('cookie 0', 1_000)).toBeUndefined()
})

test('S18: what is too old goes with the next that comes', () => {
  for (let index = 0; index < 100; index++)
    rememberCaller(`cookie ${index}`, aSession('anna'), 1_000)
  rememberCaller('the next', aSession('boris'), 60_000)
  expect(rememberedCount()).toBe(1)
})

test('what is known to be over is looked up again, by its cookie or for all cookies of a session', () => {
  for (const cookie of ['one', 'of an older name']) rememberCaller(cookie, aSession('anna'), 1_000)
  rememberCaller('another', aSession('boris'), 1_000)
  forgetCaller('one')
  expect(rememberedCaller('one', 1_000)).toBeUndefined()
  forgetSessions(new Set(['of anna']))
  expect(rememberedCaller('of an older name', 1_000)).toBeUndefined()
  expect(rememberedCaller('another', 1_000)?.caller.ownerId).toBe('boris')
})
