import { expect, test } from 'vitest'
import type { ChatMessage } from '#lib/contract/chat-message'
import type { ChatVideo } from '#lib/contract/chat-view'
import { familyOf, versionsOnCard, videosOf } from './version-family.ts'

const video = (number: number, parent: number | null, messageId: string | null): ChatVideo => ({
  fileId: `file_${number}`,
  parentFileId: parent === null ? null : `file_${parent}`,
  number,
  messageId,
})

// 1 -> 3 (beside) -> 4 (beside); 1 -> 5 (an answer of its own); 2 stands alone; 6 comes from another chat's video.
const videos = [
  video(1, null, 'answer_a'),
  video(2, null, 'answer_a'),
  video(3, 1, null),
  video(4, 3, null),
  video(5, 1, 'answer_b'),
  video(6, 99, 'answer_c'),
]
const numbers = (found: ChatVideo[]) => found.map(({ number }) => number)

test('a family is whatever has the same origin', () => {
  expect(numbers(familyOf(videos, 'file_4'))).toEqual([1, 3, 4, 5])
  expect(numbers(familyOf(videos, 'file_2'))).toEqual([2])
  expect(numbers(familyOf(videos, 'file_6'))).toEqual([6])
})

test('a card holds the versions made beside the conversation, not those with a card of their own', () => {
  expect(numbers(versionsOnCard(videos, 'file_1'))).toEqual([1, 3, 4])
  expect(numbers(versionsOnCard(videos, 'file_5'))).toEqual([5])
})

test('a video of the running answer is known before it is on record', () => {
  const output = { fileId: 'file_7', fromFileId: 'file_2', number: 7 }
  const part = { type: 'tool-generateVideo', toolCallId: 'a', state: 'output-available', output }
  const message = { id: 'answer_d', role: 'assistant', parts: [part] } as unknown as ChatMessage
  const all = videosOf([message], videos)
  expect(numbers(all)).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect(numbers(familyOf(all, 'file_7'))).toEqual([2, 7])
})
