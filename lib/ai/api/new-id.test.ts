import { expect, test } from 'vitest'
import { chatIdPattern, messageIdPattern } from '#lib/contract/chat'
import { newId } from './new-id.ts'

test('has the form the server asks for', () => {
  expect(newId('chat')).toMatch(chatIdPattern)
  expect(newId('msg')).toMatch(messageIdPattern)
  expect(newId('msg')).toMatch(/^msg_[0-9a-z]{24}$/)
})

test('is never the same twice', () => {
  expect(new Set(Array.from({ length: 200 }, () => newId('chat'))).size).toBe(200)
})
