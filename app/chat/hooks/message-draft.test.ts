import { expect, test, vi } from 'vitest'
import { withSessionStorage } from '../../../tests/support/people/session-storage.ts'
import { forgetSentMessage, keepSentMessage, peekSentMessage } from './message-draft.ts'

const kept = withSessionStorage()
const message = { id: 'msg_1', text: 'a heron, please', images: [] }

test('a message is kept for its chat until it is forgotten', () => {
  keepSentMessage('chat_a', message)
  expect(peekSentMessage('chat_a')).toEqual(message)
  expect(peekSentMessage('chat_b')).toBeUndefined()
  forgetSentMessage('chat_a')
  expect(peekSentMessage('chat_a')).toBeUndefined()
})

test('what is not a stored message is ignored', () => {
  for (const words of ['{', '7', '{"id":"x"}']) {
    kept.set('sent.chat_a', words)
    expect(peekSentMessage('chat_a')).toBeUndefined()
  }
})

test('without storage nothing is kept, and nothing breaks', () => {
  vi.stubGlobal('sessionStorage', undefined)
  keepSentMessage('chat_a', message)
  expect(peekSentMessage('chat_a')).toBeUndefined()
})
