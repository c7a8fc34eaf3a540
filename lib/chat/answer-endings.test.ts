import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { expect, test } from 'vitest'
import { type Script, type ScriptedReply } from '../../tests/emulators/openai-chat-server.ts'
import {
  aConversation,
  aMessage,
  callsOf,
  readAnswer,
  testChatDeps,
  textOf,
} from '../../tests/support/generations/test-chat.ts'
import { withChatServer } from '../../tests/support/database/with-chatserver.ts'
import { textOf as messageText } from '#components/chat/message/message-text'
import { sayIn } from '#lib/messages/translate'
import { listChats } from './chats.ts'
import type { ChatDeps } from './deps.ts'

const server = await withChatServer()

function talkTo(script: Script, differences: Partial<ChatDeps> = {}) {
  server.script = script
  server.requests.length = 0
  const endpoint = createOpenAICompatible({ name: 'chat', baseURL: server.baseUrl })
  const model = { model: endpoint('test-model'), label: 'test-model' }
  return aConversation({ deps: testChatDeps({ model, ...differences }) })
}

const aVideo = (prompt: string) => ({
  name: 'generateVideo',
  arguments: { prompt, aspectRatio: 'portrait' },
})

const thoughts: [name: string, pieces: string[], text: string, reasoning: string][] = [
  ['<think>', ['<think>hm, a fox</think>', 'Hello'], 'Hello', 'hm, a fox'],
  ['<thinking>', ['<thinking>hm</thinking>\n\nHello'], 'Hello', 'hm'],
  ['split anywhere', '<think>hm, a</th fox</think>Hello'.split(''), 'Hello', 'hm, a</th fox'],
  ['unclosed', ['<think>hm, and on'], '', 'hm, and on'],
  ['twice', ['<think>one</think>Hello <think>two</think>you'], 'Hello you', 'one two'],
  ['<thought>', ['<thought>hm</thou', 'ght>Hello'], 'Hello', 'hm'],
  ['<seed:think>', ['<seed:think>hm</seed:think>Hello'], 'Hello', 'hm'],
  ['in the middle', ['Hello ', '<thi', 'nk>hm</think', '> you'], 'Hello you', 'hm'],
]

test.each(thoughts)('F24: %s is reasoning, not text', async (_name, pieces, text, reasoning) => {
  const talk = talkTo([{ pieces }, { text: 'Yes.' }])
  const answer = await talk.say('a fox')
  const told = answer.parts.map((part) => (part.type === 'reasoning' ? part.text : ''))
  const flat = (words: string) => words.replace(/\s+/g, ' ').trim()
  expect(flat(textOf(answer))).toBe(text)
  expect(flat(told.join(' '))).toBe(reasoning)
  const kept = (await talk.read()).messages[1]
  expect(flat(textOf(kept))).toBe(text)
  const found = await listChats(talk.ownerId, { search: 'hm' })
  expect(found.chats).toEqual([])

  await talk.say('and now?')
  expect(JSON.stringify(server.requests[1])).not.toMatch(/think>|hm/)
})

test.each([
  [['[THI', 'NK]hm[/THINK]', 'Hello'], 'Hello', undefined],
  [['<|channel|>analysis<|message|>hm<|end|>', '<|return|>'], '', 'empty'],
])(
  'F24: thoughts %j of other templates are no part of the answer',
  async (pieces, said, ending) => {
    const talk = talkTo([{ pieces }])
    const answer = await talk.say('a fox')
    expect(messageText(answer)).toBe(said)
    expect(answer.metadata?.ending).toBe(ending)
    expect((await listChats(talk.ownerId, { search: 'hm' })).chats).toEqual([])
  },
)

test('F24: a prompt of a tool has no thoughts in it', async () => {
  const talk = talkTo([
    { calls: [aVideo('<think>which one?</think>a fox'), aVideo('<think>only thoughts')] },
    { text: 'Done.' },
  ])
  const calls = callsOf(await talk.say('a fox'), 'generateVideo')
  expect(calls.map(({ state }) => state)).toEqual(['output-available', 'output-error'])
  expect((await talk.files()).map(({ prompt }) => prompt)).toEqual(['a fox'])
})

test('F33: a prompt of a tool that cannot be seen starts nothing', async () => {
  const talk = talkTo([{ calls: [aVideo('\u200B\u3164')] }, { text: 'Hm.' }])
  await talk.say('a fox')
  expect(await talk.files()).toEqual([])
})

const endings: [name: string, reply: ScriptedReply, ending: string | undefined][] = [
  ['stop', { text: 'All said.' }, undefined],
  ['length', { text: 'Half of', finish: 'length' }, 'cut_off'],
  ['length before a word', { finish: 'length' }, 'cut_off'],
  ['content_filter', { text: 'I', finish: 'content_filter' }, 'filtered'],
  ['nothing', {}, 'empty'],
  ['white space', { text: ' \n\u200B' }, 'empty'],
  ['thoughts only', { pieces: ['<think>hm</think>'] }, 'empty'],
  ['a reason unheard of', { text: 'Well', finish: 'eos' }, 'unclear'],
]

test.each(endings)(
  'F25: an answer that ends with %s says so, also later',
  async (_, reply, ending) => {
    const talk = talkTo([reply])
    const { chunks, message } = await readAnswer(await talk.post(aMessage('tell me')))
    expect(message.metadata?.ending).toBe(ending)
    expect(message.metadata).toMatchObject({ model: 'test-model' })
    expect(chunks.at(-1)?.type).toBe('finish')
    const kept = (await talk.read()).messages[1]
    expect(kept?.metadata?.ending).toBe(ending)
    expect(kept?.metadata?.isInterrupted).toBeUndefined()
  },
)

test('F25: an answer that ends with an error tells it in a sentence', async () => {
  const talk = talkTo([{ text: 'one two', dieAfterPieces: 2 }])
  const { message } = await readAnswer(await talk.post(aMessage('tell me')))
  const kept = (await talk.read()).messages[1]
  expect(message.metadata?.ending).toBeUndefined()
  expect(kept?.metadata).toMatchObject({
    isInterrupted: true,
    error: { key: 'chat.problem.brokeOff' },
  })
})

test.each([
  [400, 'content_filter', 'content filter'],
  [400, 'context_length_exceeded', 'Start a new chat'],
  [413, undefined, 'Start a new chat'],
  [402, undefined, 'out of credits'],
  [404, 'model_not_found', 'operator'],
  [400, 'toString', 'was cut off'],
])(
  'F25: a model that refuses with %d and the code %s is understood',
  async (status, code, told) => {
    const talk = talkTo([{ status, ...(code && { code }) }])
    await readAnswer(await talk.post(aMessage('tell me')))
    const kept = (await talk.read()).messages[1]
    expect(sayIn('en', kept!.metadata!.error!)).toContain(told)
    expect(sayIn('ru', kept!.metadata!.error!)).toMatch(/^[А-Я]/)
  },
)

test('F25: an answer without steps left is cut off; one that asks for money is not', async () => {
  const again = talkTo(() => ({ calls: [aVideo('a fox')] }), { stepsAtMost: 2 })
  expect((await again.say('go on')).metadata?.ending).toBe('cut_off')

  const priced = { priceOf: async () => ({ usd: 2, upToUsd: 2 }), confirmAboveUsd: 1 }
  const asking = talkTo([{ calls: [aVideo('a fox')] }], priced)
  const answer = await asking.say('a fox')
  expect(callsOf(answer, 'generateVideo')[0]?.state).toBe('approval-requested')
  expect(answer.metadata?.ending).toBeUndefined()
})

test('F25: the next answer in the place of one that was cut off is whole', async () => {
  const talk = talkTo([{ text: 'Half of', finish: 'length' }, { text: 'All of it.' }])
  await talk.say('tell me', 'message-1')
  expect((await talk.say('tell me', 'message-1')).metadata?.ending).toBeUndefined()
})
