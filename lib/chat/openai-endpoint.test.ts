import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { describe, expect, test } from 'vitest'
import { type Script, type ScriptedCall } from '../../tests/emulators/openai-chat-server.ts'
import {
  aConversation,
  aMessage,
  anImage,
  callsOf,
  readAnswer,
  testChatDeps,
  textOf,
  until,
} from '../../tests/support/generations/test-chat.ts'
import { withChatServer } from '../../tests/support/database/with-chatserver.ts'
import { chatImageId } from '#lib/contract/chat'
import { stopAnswer } from './conversation.ts'
import type { ChatDeps } from './deps.ts'

const server = await withChatServer()

function talkTo(script: Script, differences: Partial<ChatDeps> = {}) {
  server.script = script
  server.requests.length = 0
  const endpoint = createOpenAICompatible({
    name: 'chat',
    baseURL: server.baseUrl,
    apiKey: 'sk-test',
  })
  const model = { model: endpoint('test-model'), label: 'test-model' }
  return aConversation({ deps: testChatDeps({ model, ...differences }) })
}

function aVideo(prompt: string): ScriptedCall {
  return { name: 'generateVideo', arguments: { prompt, aspectRatio: 'portrait', seconds: null } }
}

describe('an OpenAI-compatible endpoint', () => {
  test('calls a tool in pieces, reads its result, and answers', async () => {
    const talk = talkTo([{ text: 'On it.', calls: [aVideo('a fox')] }, { text: 'It is started.' }])
    const answer = await talk.say('a fox please')
    expect(callsOf(answer, 'generateVideo')[0]?.output).toMatchObject({
      prompt: 'a fox',
      number: 1,
    })
    expect(textOf(answer)).toContain('It is started.')
    expect(answer.metadata?.model).toBe('test-model')
    const told = server.requests[1]!.messages.find(({ role }) => role === 'tool')
    expect(JSON.stringify(told)).toContain((await talk.files())[0]!.id)
    expect(server.keys.every((key) => key === 'Bearer sk-test')).toBe(true)
  })

  test('calls in parallel are each a video of their own', async () => {
    const talk = talkTo([{ calls: [aVideo('a fox'), aVideo('a dog'), aVideo('a fox')] }, {}])
    const answer = await talk.say('three')
    const outputs = callsOf(answer, 'generateVideo').map(({ output }) => output)
    expect(outputs.map((output) => output?.prompt)).toEqual(['a fox', 'a dog', 'a fox'])
    expect(outputs.map((output) => output?.number ?? 0).toSorted((a, b) => a - b)).toEqual([
      1, 2, 3,
    ])
    expect(await talk.files()).toHaveLength(3)
  })

  test.each(['{"prompt": "a fox', '[]', '{"prompt": 7}', '{"prompt":"x","aspectRatio":"round"}'])(
    'malformed arguments %j start nothing, and the model may try again',
    async (raw) => {
      const bad = { calls: [{ name: 'generateVideo', raw }] }
      const talk = talkTo([bad, { calls: [aVideo('a fox')] }, { text: 'Now.' }])
      const answer = await talk.say('a fox')
      const calls = callsOf(answer, 'generateVideo')
      expect(calls.map(({ state }) => state)).toEqual(['output-error', 'output-available'])
      expect(calls[0]?.errorText).toBe('The chat model sent a request that can’t be carried out.')
      expect(await talk.files()).toHaveLength(1)
    },
  )

  test('a tool that does not exist is refused with a sentence', async () => {
    const talk = talkTo([{ calls: [{ name: 'dropTables', arguments: {} }] }, { text: 'Sorry.' }])
    const answer = await talk.say('drop all')
    expect(JSON.stringify(answer.parts)).toContain('can’t be carried out')
    expect(textOf(answer)).toContain('Sorry.')
  })

  test('what the catalogue refuses comes back as its sentence', async () => {
    const call = { name: 'generateVideo', arguments: { prompt: 'a fox', model: 'sora-3' } }
    const talk = talkTo([{ calls: [call] }, { text: 'There is none.' }])
    const [part] = callsOf(await talk.say('with sora-3'), 'generateVideo')
    expect(part).toMatchObject({ state: 'output-error' })
    expect(part?.errorText).toContain('Choose one of: local-preview.')
    expect(JSON.stringify(server.requests[1])).toContain('Choose one of: local-preview.')
  })

  test('what no model comes near to is refused as well, and nothing is started', async () => {
    const call = { name: 'generateVideo', arguments: { prompt: 'a fox', seconds: 45 } }
    const talk = talkTo([{ calls: [call] }, { text: 'Too long.' }])
    const [part] = callsOf(await talk.say('45 seconds'), 'generateVideo')
    expect(part?.errorText).toBe(
      'No available model makes videos of about 45 s. Ask for a shorter one.',
    )
    expect(await talk.files()).toEqual([])
  })

  test('an endpoint that dies in the middle leaves what was said, and a plain sentence', async () => {
    const talk = talkTo([{ text: 'one two three four five six', dieAfterPieces: 4 }])
    const { chunks } = await readAnswer(await talk.post(aMessage('tell me')))
    const error = chunks.find(({ type }) => type === 'error')
    expect(error).toEqual({
      type: 'error',
      errorText: 'The answer was cut off. Nothing is lost. Try again in a moment.',
    })
    const [, stored] = (await talk.read()).messages
    expect(textOf(stored)).toContain('one two')
    expect(stored?.metadata).toMatchObject({ isInterrupted: true })
    expect((await talk.read()).isAnswering).toBe(false)
  })

  test('dying within the arguments of a call starts nothing', async () => {
    const talk = talkTo([{ calls: [aVideo('a fox')], dieAfterPieces: 5 }])
    await talk.say('a fox')
    expect(await talk.files()).toHaveLength(0)
    const [, stored] = (await talk.read()).messages
    expect(callsOf(stored, 'generateVideo')).toEqual([])
  })

  test('429 and 500 are tried again', async () => {
    const talk = talkTo([
      { status: 429, retryAfterSeconds: 0 },
      { status: 500, retryAfterSeconds: 0 },
      { text: 'Here I am.' },
    ])
    expect(textOf(await talk.say('hello'))).toContain('Here I am.')
    expect(server.requests).toHaveLength(3)
  })

  test('an endpoint that refuses for good is told of without its own words', async () => {
    const talk = talkTo(() => ({ status: 429, retryAfterSeconds: 0 }))
    const { chunks } = await readAnswer(await talk.post(aMessage('hello')))
    const error = chunks.find(({ type }) => type === 'error')
    expect(error).toMatchObject({ errorText: expect.stringContaining('Wait a minute') as string })
    expect(JSON.stringify(chunks)).not.toContain('upstream secret')
    expect(JSON.stringify(await talk.read())).not.toContain('upstream secret')
  })

  test('a slow endpoint can be stopped, and what it said stays', async () => {
    const talk = talkTo([{ text: 'one two three four five six seven', hangsAfterPieces: 4 }])
    const stream = await talk.post(aMessage('count'))
    const reading = readAnswer(stream)
    await until(async () => textOf((await talk.read()).messages[1]).includes('two'))
    await stopAnswer(talk.ownerId, talk.chatId)
    await reading
    const view = await talk.read()
    expect(view.isAnswering).toBe(false)
    expect(view.messages[1]?.metadata).toMatchObject({ isInterrupted: true })
    expect(textOf(view.messages[1])).not.toContain('seven')
    server.script = [{ text: 'Go on.' }]
    expect(textOf(await talk.say('and now?'))).toContain('Go on.')
  })

  test('a model that never stops calling is stopped by the limits', async () => {
    const talk = talkTo(() => ({ calls: Array.from({ length: 3 }, () => aVideo('a fox')) }), {
      toolCallsAtMost: 5,
      stepsAtMost: 4,
    })
    const answer = await talk.say('go wild')
    // The second step would have been one video too many.
    expect(await talk.files()).toHaveLength(3)
    expect(server.requests).toHaveLength(4)
    const refused = callsOf(answer, 'generateVideo').filter(({ state }) => state === 'output-error')
    expect(refused).toHaveLength(9)
  })

  test('is told of an image in words, and can begin a video with no other', async () => {
    const other = `image_${'0'.repeat(24)}`
    const call = { name: 'generateVideo', arguments: { prompt: 'slow zoom', image: other } }
    const talk = talkTo([{ calls: [call] }, { text: 'Which one?' }])
    const image = await anImage(talk.ownerId)
    const id = chatImageId(image.url)!
    const message = { ...aMessage('animate this'), parts: [image] }
    const { message: answer } = await readAnswer(await talk.post(message))
    const told = server.requests[0]!.messages.find(({ role }) => role === 'user')
    expect(told?.content).toBe(`[image 1: ${id}]`)
    expect(JSON.stringify(server.requests)).not.toContain('/api/media')
    expect(callsOf(answer, 'generateVideo')[0]?.errorText).toContain('isn’t in this chat')
    expect(await talk.files()).toHaveLength(0)
  })

  test('NUL and half characters in what a model writes can be kept', async () => {
    const talk = talkTo([{ text: 'a\u0000b \ud83d end' }])
    expect(textOf(await talk.say('odd'))).toContain('end')
    expect(textOf((await talk.read()).messages[1])).toContain('ab')
  })
})
