import { expect, test } from 'vitest'
import { readAnswer } from '../../../tests/support/generations/test-chat.ts'
import type { ChatChunk, ChatMessage } from '#lib/contract/chat'
import { chunksOf } from './stored-answer.ts'
import { keptParts } from './take-up.ts'

type Parts = ChatMessage['parts']

const input = { prompt: 'a fox', aspectRatio: 'portrait' } as const
const asked = { type: 'tool-generateVideo', toolCallId: 'call_1', input } as const
const step = { type: 'step-start' } as const
const words = { type: 'text', text: 'On it.', state: 'done' } as const
const half = { type: 'text', text: 'It is st', state: 'streaming' } as const

async function rebuilt(parts: Parts) {
  const chunks: ChatChunk[] = [{ type: 'start', messageId: 'answer_1' }, ...chunksOf(parts)]
  const stream = new ReadableStream<ChatChunk>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
  return (await readAnswer(stream)).message.parts
}

test.each<[string, Parts]>([
  ['words', [step, words]],
  ['an error', [step, { ...asked, state: 'output-error', errorText: 'No.' }, step, words]],
  ['a call on record', [step, words, { ...asked, state: 'input-available' }]],
  [
    'a question',
    [step, { ...asked, state: 'approval-requested', approval: { id: 'a', requestReason: '$2' } }],
  ],
  [
    'a refusal',
    [step, { ...asked, state: 'output-denied', approval: { id: 'a', approved: false } }],
  ],
])('a stored answer with %s is rebuilt by its chunks', async (_name, parts) => {
  expect(await rebuilt(parts)).toMatchObject(parts)
})

test.each<[string, Parts, Parts]>([
  ['nothing', [], []],
  ['the first words', [step, half], []],
  ['words after a whole step', [step, words, step, half], [step, words]],
  [
    'a call that is on record',
    [step, half, { ...asked, state: 'input-available' }],
    [step, { ...half, state: 'done' }, { ...asked, state: 'input-available' }],
  ],
  ['a call that was half asked', [step, words, { ...asked, state: 'input-streaming' }], []],
])('of an answer that broke off in %s, whole steps stay', (_name, parts, kept) => {
  expect(keptParts(parts)).toEqual(kept)
})
