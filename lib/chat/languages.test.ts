import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { and, eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import {
  aConversation,
  aMessage,
  anImage,
  callsOf,
  readAnswer,
  testChatDeps,
  textOf,
  idWithin,
} from '../../tests/support/generations/test-chat.ts'
import { withChatServer } from '../../tests/support/database/with-chatserver.ts'
import type { ChatImagePart, ChatMessage } from '#lib/contract/chat'
import { problemOfPart } from '#lib/contract/chat-tools'
import { sayIn } from '#lib/messages/translate'
import { chatMessage } from '../db/chat-schema.ts'
import { database } from '../db/client.ts'
import type { AppError } from '../errors.ts'
import { settle } from './answer-parts.ts'

const server = await withChatServer()

type Conversation = ReturnType<typeof aConversation>

async function sayWith(talk: Conversation, text: string, image: ChatImagePart) {
  const message = aMessage(text)
  message.parts = text ? [image, ...message.parts] : [image]
  return (await readAnswer(await talk.post(message))).message
}

function failureOf(message: ChatMessage | undefined) {
  const [part] = callsOf(message, 'generateVideo')
  if (part?.state !== 'output-error') throw new Error('the call did not fail')
  return part
}

describe('the director', () => {
  test('answers each message in its language', async () => {
    const talk = aConversation()
    expect(textOf(await talk.say('сделай видео: кит в океане'))).toContain('Запущено, видео 1:')
    expect(textOf(await talk.say('who are you?'))).toContain('I’m the director')
    const listed = textOf(await talk.say('покажи мои видео')).trim()
    expect(listed).toMatch(/^1 видео:\n\n- \*\*1\.\*\* кит/)
  })

  test('answers an image without words in the language before it', async () => {
    const talk = aConversation()
    await talk.say('привет')
    const image = await anImage(talk.ownerId)
    expect(textOf(await sayWith(talk, '', image))).toContain('Что должно происходить на картинке?')
    expect(textOf(await sayWith(talk, '', image))).toContain('Что должно происходить на картинке?')
    expect(textOf(await sayWith(talk, '👍', image))).toContain('Что должно происходить')
  })

  test('goes on from its question by data, whatever the words of the answer are', async () => {
    const talk = aConversation()
    const asked = await talk.say('make a square video')
    const parts = asked.parts.map((part) =>
      part.type === 'text' ? { ...part, text: 'Reworded by a later version.' } : part,
    )
    await database()
      .update(chatMessage)
      .set({ parts })
      .where(and(eq(chatMessage.chatId, await idWithin(talk.chatId)), eq(chatMessage.id, asked.id)))
    const answer = await talk.say('lighthouse')
    expect(callsOf(answer, 'generateVideo')[0]?.output).toMatchObject({
      prompt: 'lighthouse',
      aspectRatio: '1:1',
    })
  })

  test('goes on from a question that an older version kept in words only', async () => {
    const talk = aConversation()
    const asked = await talk.say('make a square video')
    const parts: ChatMessage['parts'] = [
      { type: 'text', text: 'What should be seen in the video? One sentence is enough.' },
    ]
    await database()
      .update(chatMessage)
      .set({ parts })
      .where(and(eq(chatMessage.chatId, await idWithin(talk.chatId)), eq(chatMessage.id, asked.id)))
    const answer = await talk.say('lighthouse')
    expect(callsOf(answer, 'generateVideo')[0]?.output).toMatchObject({
      prompt: 'lighthouse',
      aspectRatio: '1:1',
    })
  })
})

describe('why a tool failed', () => {
  test('is told to the model in the language of the user, and kept as a message', async () => {
    const talk = aConversation()
    const answer = await talk.say('сделай видео про кота, 55 секунд')
    const russian =
      'Ни одна доступная модель не делает видео длиной около 55\u00a0с. Попросите покороче.'
    expect(textOf(answer)).toContain(`Не получилось. ${russian}`)
    for (const part of [failureOf(answer), failureOf((await talk.read()).messages[1])]) {
      expect(part.errorText).toBe(russian)
      expect(sayIn('en', problemOfPart(part).sentence)).toBe(
        'No available model makes videos of about 55 s. Ask for a shorter one.',
      )
    }
  })

  test('is a message too where the call never reached its tool', async () => {
    server.script = [{ calls: [{ name: 'generateVideo', raw: '[]' }] }, { text: 'Нет.' }]
    const endpoint = createOpenAICompatible({ name: 'chat', baseURL: server.baseUrl })
    const model = { model: endpoint('test-model'), label: 'test-model' }
    const talk = aConversation({ deps: testChatDeps({ model }) })
    const answer = await talk.say('лиса')
    expect(failureOf(answer).errorText).toContain('Модель чата прислала запрос')
    const kept = failureOf((await talk.read()).messages[1])
    expect(sayIn('en', problemOfPart(kept).sentence)).toContain('can’t be carried out')
  })

  test('is read in words where an older version stored it', () => {
    const old = { errorText: 'There is no such video here.' }
    expect(problemOfPart(old).sentence).toBe(old.errorText)
    const foreign = { ...old, resultProviderMetadata: { google: { problem: 'x' } } }
    expect(problemOfPart(foreign).sentence).toBe(old.errorText)
  })

  test('is that it was stopped, of a call whose answer will not go on', () => {
    const input = { prompt: 'a fox' }
    const open = { type: 'tool-generateVideo', toolCallId: 'a', state: 'input-available', input }
    const parts = settle([open] as ChatMessage['parts'])
    const part = failureOf({ id: 'answer', role: 'assistant', parts })
    expect(part.errorText).toBe('Stopped before it was done.')
    expect(sayIn('ru', problemOfPart(part).sentence)).toBe('Остановлено до завершения.')
  })
})

describe('a request that is refused', () => {
  const refused = (talk: Conversation, message: object) =>
    talk.post(message as ChatMessage).then(
      () => undefined,
      (error: unknown) => error as AppError,
    )

  test.each([
    [{ id: '!' }, 'message.id', 'Укажите идентификатор сообщения'],
    [{ role: 'system' }, 'message.role', 'Выберите user или assistant.'],
    [{ parts: 'x' }, 'message.parts', 'Передайте не больше 200 частей'],
    [{ parts: [{ type: 'text', text: ' ' }] }, 'message', 'Напишите сообщение.'],
    [{ parts: [{ type: 'text', text: 'x'.repeat(8001) }] }, 'message', 'лишних: 1. Сократите'],
    [{ role: 'assistant', parts: [] }, 'message', 'Передайте сообщение пользователя или решение.'],
  ])('%j says so in both languages', async (change, field, russian) => {
    const error = await refused(aConversation(), { ...aMessage('a fox'), ...change })
    const fault = error?.fields?.find((one) => one.field === field)
    expect(sayIn('ru', fault!.message)).toContain(russian)
    expect(sayIn('ru', error!.userMessage)).toContain(russian)
    expect(sayIn('en', fault!.message)).not.toMatch(/[а-яё]/i)
  })
})

test('messages that chats have stored are there, in both languages', () => {
  const stored = [
    'chat.problem.badCall',
    'chat.answer.ending_filtered',
    'chat.problem.brokeOff',
    'chat.problem.chatTooLong',
    'chat.problem.noCredit',
    'chat.problem.noModel',
    'chat.problem.imageElsewhere',
    'chat.problem.imageGone',
    'chat.problem.keyRefused',
    'chat.problem.modelFirstFrame',
    'chat.problem.modelLonger',
    'chat.problem.modelNear',
    'chat.problem.modelShorter',
    'chat.problem.noSuchVideo',
    'chat.problem.noneAtOnce',
    'chat.problem.noneFirstFrame',
    'chat.problem.noneLonger',
    'chat.problem.noneNear',
    'chat.problem.noneRatio',
    'chat.problem.noneSeed',
    'chat.problem.noneShorter',
    'chat.problem.others',
    'chat.problem.othersOff',
    'chat.problem.overloaded',
    'chat.problem.priceRose',
    'chat.problem.sourceGone',
    'chat.problem.stopped',
    'chat.problem.tooManyCalls',
    'chat.problem.unknown',
    'chat.sentences',
    'director.label',
  ] as const
  const values = {
    count: 3,
    length: { seconds: 5 },
    limit: { usd: 0.3 },
    model: 'Veo',
    models: 'Veo',
    ratio: '1:1',
    sentences: 'a',
  }
  for (const key of stored)
    for (const locale of ['en', 'ru'] as const) {
      const words = sayIn(locale, { key, values })
      expect(words, key).not.toContain(key)
      expect(words, key).not.toMatch(/undefined|\{/)
    }
})
