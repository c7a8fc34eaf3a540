import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ChatMessage } from '#lib/contract/chat'
import { ChatStore } from './chat-store.ts'

const message = (id: string, text = id): ChatMessage => ({
  id,
  role: 'assistant',
  parts: [{ type: 'text', text }],
})

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('what streams in is told at most every 50 ms, and its end is not lost', () => {
  const store = new ChatStore([message('a')])
  const publish = vi.fn<() => void>()
  store.subscribe(publish)
  for (let piece = 1; piece <= 100; piece += 1) {
    store.replaceMessage(0, message('a', `piece ${piece}`))
    vi.advanceTimersByTime(2)
  }
  vi.advanceTimersByTime(50)
  expect(publish.mock.calls.length).toBeLessThanOrEqual(6)
  expect(store.read().messages).toEqual([message('a', 'piece 100')])
})

test('a new status is told at once', () => {
  const store = new ChatStore([])
  const publish = vi.fn<() => void>()
  store.subscribe(publish)
  store.status = 'submitted'
  expect(publish).toHaveBeenCalledOnce()
  expect(store.read().status).toBe('submitted')
})

test('a snapshot never changes, whatever is written into the message afterwards', () => {
  const store = new ChatStore([message('a')])
  const first = store.read()
  const written = message('a', 'begun')
  store.replaceMessage(0, written)
  const second = store.read()
  written.parts[0] = { type: 'text', text: 'gone on' }
  store.pushMessage(message('b'))
  expect(first.messages).toEqual([message('a')])
  expect(second.messages).toEqual([message('a', 'begun')])
  expect(store.read().messages.map(({ id }) => id)).toEqual(['a', 'b'])
  store.popMessage()
  expect(store.read().messages.map(({ id }) => id)).toEqual(['a'])
})
