import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { and, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Script, type ScriptedCall } from '../../tests/emulators/openai-chat-server.ts'
import {
  aConversation,
  aMessage,
  callsOf,
  readAnswer,
  testChatDeps,
  textOf,
  until,
  idWithin,
} from '../../tests/support/generations/test-chat.ts'
import { withChatServer } from '../../tests/support/database/with-chatserver.ts'
import { forgetEverything } from '../../tests/support/generations/test-generation.ts'
import type { Caller } from '#lib/contract/people/caller'
import type { ChatMessage } from '#lib/contract/chat'
import { chat, chatMessage } from '../db/chat-schema.ts'
import { database } from '../db/client.ts'
import { env } from '../env.ts'
import { liveAnswers } from './answer/live-answer.ts'
import { resumeAnswer } from './conversation.ts'
import { productionCore } from './core.ts'
import type { ChatDeps } from './deps.ts'

// The catalogue as it is with these two keys; no worker runs, so no provider is called.
process.env.KIE_API_KEY = 'a key'
process.env.GOOGLE_CLOUD_PROJECT = 'a project'
const server = await withChatServer()
beforeEach(forgetEverything)

type Conversation = ReturnType<typeof aConversation>
type Parts = ChatMessage['parts']

/** A call that costs $0.20, up to $0.20. */
const aVideo = (prompt: string): ScriptedCall => ({ name: 'generateVideo', arguments: { prompt } })
const onlyLite = {
  models: async (caller: Caller) =>
    (await productionCore.models(caller)).filter(({ id }) => id === 'veo-3.1-lite'),
}

function talkTo(script: Script, differences: Partial<ChatDeps> = {}) {
  server.script = script
  const endpoint = createOpenAICompatible({ name: 'chat', baseURL: server.baseUrl })
  const model = { model: endpoint('test-model'), label: 'test-model' }
  const deps = testChatDeps({ model, confirmAboveUsd: 0.5, ...onlyLite, ...differences })
  return aConversation({ deps })
}

function decided(message: ChatMessage, approved = true): ChatMessage {
  const parts = message.parts.map((part) =>
    'approval' in part && part.state === 'approval-requested'
      ? { ...part, state: 'approval-responded', approval: { id: part.approval.id, approved } }
      : part,
  )
  return { ...message, parts: parts as Parts }
}

async function agree(talk: Conversation, asked: ChatMessage) {
  const agreed = decided(asked)
  return (await readAnswer(await talk.post(agreed), agreed)).message
}

const statesOf = (message: ChatMessage) =>
  callsOf(message, 'generateVideo').map(({ state }) => state)

describe('the threshold counts what one answer spends', () => {
  test('in calls of one step', async () => {
    const talk = talkTo([{ calls: ['a', 'b', 'c', 'd'].map(aVideo) }, { text: 'Done.' }])
    const asked = await talk.say('four')
    expect(statesOf(asked)).toEqual(Array(4).fill('approval-requested'))
    expect(callsOf(asked, 'generateVideo')[3]?.approval?.requestReason).toBe(
      'These 4 videos cost about $0.80 in all. Start them?',
    )
    expect(await talk.files()).toEqual([])
    const message = await agree(talk, asked)
    expect(statesOf(message)).toEqual(Array(4).fill('output-available'))
    expect(await talk.files()).toHaveLength(4)
  })

  test('in twelve calls over several steps', async () => {
    const step = (letters: string) => ({ calls: letters.split('').map(aVideo) })
    const talk = talkTo([step('a'), step('b'), step('cdefghijkl'), { text: 'Done.' }])
    const asked = await talk.say('twelve')
    expect(await talk.files()).toHaveLength(2)
    expect(statesOf(asked).filter((state) => state === 'approval-requested')).toHaveLength(10)
  })

  test('what was agreed to with a click included', async () => {
    const talk = talkTo([{ calls: [aVideo('a')] }, { calls: [aVideo('b')] }, { text: 'Done.' }], {
      confirmAboveUsd: 0.15,
    })
    const asked = await talk.say('two')
    const more = await agree(talk, asked)
    expect(statesOf(more)).toEqual(['output-available', 'approval-requested'])
    expect(await talk.files()).toMatchObject([{ maxUsd: 0.2 }])
  })

  test('the same where it was taken up after its process died', async () => {
    const ended = new AbortController()
    const talk = talkTo([
      { calls: [aVideo('a')] },
      { calls: [aVideo('b')] },
      { text: 'one two three', hangsAfterPieces: 2 },
    ])
    await talk.post(aMessage('three'), { ...talk.deps, signal: ended.signal })
    await until(async () => textOf((await talk.read()).messages[1]).includes('one'))
    const { done } = liveAnswers().get(await idWithin(talk.chatId))!
    ended.abort()
    await done
    await database()
      .update(chat)
      .set({ leaseUntil: new Date(Date.now() - 1) })
      .where(eq(chat.publicId, talk.chatId))
    server.script = [{ calls: [aVideo('c')] }, { text: 'Done.' }]
    const stream = await resumeAnswer(talk.ownerId, talk.chatId, talk.deps)
    const { message } = await readAnswer(stream!)
    expect(statesOf(message)).toEqual([
      'output-available',
      'output-available',
      'approval-requested',
    ])
    expect(await talk.files()).toHaveLength(2)
  })

  test('and not what an answer that is written again finds started already', async () => {
    const three = { calls: ['a', 'b', 'a'].map(aVideo) }
    const talk = talkTo([three, { text: 'Done.' }, three, { text: 'Done.' }])
    await agree(talk, await talk.say('three', 'message-1'))
    const again = await talk.say('three', 'message-1')
    expect(statesOf(again)).toEqual(Array(3).fill('output-available'))
    expect(await talk.files()).toHaveLength(3)
  })

  test('and another answer begins at zero', async () => {
    const two = [{ calls: ['a', 'b'].map(aVideo) }, { text: 'Done.' }]
    const talk = talkTo([...two, ...two])
    await talk.say('two')
    await talk.say('two more')
    expect(await talk.files()).toHaveLength(4)
  })

  test('where a price rises between question and start, no more than the threshold is spent', async () => {
    const talk = talkTo([{ calls: ['a', 'b', 'c'].map(aVideo) }, { text: 'Done.' }], {
      priceOf: async () => ({ usd: 0.1, upToUsd: 0.1 }),
    })
    const answer = await talk.say('three')
    expect(statesOf(answer)).toEqual(Array(3).fill('output-error'))
    expect(await talk.files()).toEqual([])
  })
})

describe('the limit that was agreed to', () => {
  const script = () => [{ calls: [aVideo('a')] }, { text: 'Done.' }]
  const low = { confirmAboveUsd: 0.1 }

  /** Changes the approvals of a stored answer, as another version would have written them. */
  async function rewrite(
    talk: Conversation,
    message: ChatMessage,
    change: (approval: object) => object,
  ) {
    const parts = message.parts.map((part) =>
      'approval' in part && part.approval ? { ...part, approval: change(part.approval) } : part,
    ) as Parts
    await database()
      .update(chatMessage)
      .set({ parts })
      .where(
        and(eq(chatMessage.chatId, await idWithin(talk.chatId)), eq(chatMessage.id, message.id)),
      )
    return (await talk.read()).messages[1]!
  }

  test('is stored with the question, in micro-dollars, and reaches the browser', async () => {
    const talk = talkTo(script(), low)
    const asked = await talk.say('one')
    const approval = { descriptor: { microUsd: 200_000, upToMicroUsd: 200_000 } }
    expect(callsOf(asked, 'generateVideo')[0]).toMatchObject({ approval })
    const [, stored] = (await talk.read()).messages
    expect(callsOf(stored, 'generateVideo')[0]).toMatchObject({ approval })
  })

  test('is read from there, whatever the sentence says', async () => {
    const talk = talkTo(script(), low)
    const asked = await talk.say('one')
    const told = await rewrite(talk, asked, (approval) => ({
      ...approval,
      requestReason: 'This video will cost about $99.00. Start it?',
    }))
    await agree(talk, told)
    expect(await talk.files()).toMatchObject([{ maxUsd: 0.2 }])
  })

  test('is asked for again where an older version stored a sentence only', async () => {
    const talk = talkTo(script(), low)
    const asked = await talk.say('one')
    const old = await rewrite(talk, asked, (approval) => ({
      id: 'id' in approval && approval.id,
      requestReason: 'This video will cost about $99.00. Start it?',
    }))
    const again = await agree(talk, old)
    expect(await talk.files()).toEqual([])
    const [part] = callsOf(again, 'generateVideo')
    expect(part).toMatchObject({
      state: 'approval-requested',
      approval: { descriptor: { upToMicroUsd: 200_000 } },
    })
    expect(part!.approval!.id).not.toBe(callsOf(old, 'generateVideo')[0]!.approval!.id)
    expect((await talk.read()).isAnswering).toBe(false)
    expect(statesOf(await agree(talk, again))).toEqual(['output-available'])
    expect(await talk.files()).toMatchObject([{ maxUsd: 0.2 }])
  })

  test('is not asked for again where the video needs no click by now', async () => {
    const talk = talkTo(script(), low)
    const asked = await talk.say('one')
    const old = await rewrite(talk, asked, (approval) => ({ id: 'id' in approval && approval.id }))
    const agreed = decided(old)
    const deps = { ...talk.deps, confirmAboveUsd: 0.5 }
    const { message } = await readAnswer(await talk.post(agreed, deps), agreed)
    expect(statesOf(message)).toEqual(['output-available'])
    expect(await talk.files()).toMatchObject([{ maxUsd: 0.5 }])
  })
})

test('S6: a tool call past the cap of unfinished videos is told why, and starts nothing', async () => {
  Object.assign(env(), { UNFINISHED_PER_OWNER: 1 })
  const talk = talkTo([{ calls: ['a', 'b'].map(aVideo) }, { text: 'Done.' }])
  const message = await talk.say('two')
  Object.assign(env(), { UNFINISHED_PER_OWNER: 20 })
  const errorText =
    'None of the 2 videos was started. You have 0 unfinished videos and images, and this request adds 2. The limit is 1. Wait for one to finish, or cancel one, then try again.'
  expect(callsOf(message, 'generateVideo')).toMatchObject(
    [1, 2].map(() => ({ state: 'output-error', errorText })),
  )
  expect(await talk.files()).toEqual([])
})
