import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { and, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Script, type ScriptedCall } from '../../tests/emulators/openai-chat-server.ts'
import {
  aConversation,
  aMessage,
  afterDeathOf,
  callsOf,
  readAnswer,
  testChatDeps,
  until,
  idWithin,
} from '../../tests/support/generations/test-chat.ts'
import { withChatServer } from '../../tests/support/database/with-chatserver.ts'
import { forgetEverything } from '../../tests/support/generations/test-generation.ts'
import type { Caller } from '#lib/contract/people/caller'
import type { ChatMessage } from '#lib/contract/chat'
import { problemOfPart } from '#lib/contract/chat-tools'
import { chatMessage } from '../db/chat-schema.ts'
import { database } from '../db/client.ts'
import { env } from '../env.ts'
import { deleteGeneration } from '../generations/commands/delete.ts'
import { balanceOf } from '../money/accounts.ts'
import { checkLedger } from '../money/check.ts'
import { grant } from '../money/grants.ts'
import { resumeAnswer } from './conversation.ts'
import { productionCore } from './core.ts'
import type { ChatDeps } from './deps.ts'

// The catalogue as it is with this key; no worker runs, so no provider is called.
process.env.KIE_API_KEY = 'a key'
const server = await withChatServer()
beforeEach(forgetEverything)
afterEach(() => void Object.assign(env(), { BILLING: 'off' }))

type Conversation = ReturnType<typeof aConversation>
type Parts = ChatMessage['parts']

/** A call that costs $0.20. */
const aVideo = (prompt: string, more: object = {}): ScriptedCall => ({
  name: 'generateVideo',
  arguments: { prompt, ...more },
})
const step = (...prompts: string[]) => ({ calls: prompts.map((prompt) => aVideo(prompt)) })
const done = { text: 'Done.' }

function talkTo(script: Script, differences: Partial<ChatDeps> = {}) {
  server.script = script
  const endpoint = createOpenAICompatible({ name: 'chat', baseURL: server.baseUrl })
  const model = { model: endpoint('test-model'), label: 'test-model' }
  const models = async (caller: Caller) =>
    (await productionCore.models(caller)).filter(({ id }) => id === 'veo-3.1-lite')
  const deps = testChatDeps({ model, confirmAboveUsd: 0.5, models, ...differences })
  return aConversation({ deps })
}

/** Answers the questions of an answer: yes, or yes to these calls alone. */
async function agree(talk: Conversation, asked: ChatMessage, to?: readonly number[]) {
  let index = -1
  const parts = asked.parts.map((part) => {
    if (!('approval' in part) || part.state !== 'approval-requested') return part
    index += 1
    const approved = to?.includes(index) ?? true
    return { ...part, state: 'approval-responded', approval: { id: part.approval.id, approved } }
  })
  const agreed = { ...asked, parts: parts as Parts }
  return (await readAnswer(await talk.post(agreed), agreed)).message
}

const videosOf = (message: ChatMessage | undefined) => callsOf(message, 'generateVideo')
const statesOf = (message: ChatMessage) => videosOf(message).map(({ state }) => state)
const promptsOf = async (talk: Conversation) =>
  (await talk.files()).map(({ prompt }) => prompt).toSorted((a, b) => a.localeCompare(b))
const give = (talk: Conversation, usd: number) =>
  grant({ ownerId: talk.ownerId, amountMicros: usd * 1e6, byUserId: null, note: null })

/** The process that writes the answer has died; another one finds it with these parts. */
async function died(talk: Conversation, cut: (parts: Parts) => Parts = (parts) => parts) {
  const isAnswer = and(
    eq(chatMessage.chatId, await idWithin(talk.chatId)),
    eq(chatMessage.role, 'assistant'),
  )
  await afterDeathOf(talk.chatId)
  const [row] = await database().select().from(chatMessage).where(isAnswer)
  await database()
    .update(chatMessage)
    .set({ parts: cut(row!.parts) })
    .where(isAnswer)
}

async function resumed(talk: Conversation) {
  const stream = await resumeAnswer(talk.ownerId, talk.chatId, talk.deps)
  return (await readAnswer(stream!)).message
}

describe('the videos of one step', () => {
  test('are all refused where the credits do not suffice for all, and it is told what is missing', async () => {
    Object.assign(env(), { BILLING: 'credits' })
    const talk = talkTo([step('a', 'b'), done, step('a', 'b'), done])
    await give(talk, 0.3)
    const answer = await talk.say('two', 'message-1')
    const failed = videosOf(answer)[1]!
    expect(statesOf(answer)).toEqual(['output-error', 'output-error'])
    expect(failed).toMatchObject({
      errorText:
        'None of the 2 videos was started. This needs $0.40. Your balance is $0.30: $0.10 is missing. Add credits, or choose a shorter video or a cheaper model.',
    })
    expect(failed.state === 'output-error' && problemOfPart(failed).code).toBe(
      'insufficient_credits',
    )
    expect(await promptsOf(talk)).toEqual([])
    await give(talk, 0.1)
    await talk.say('two', 'message-1')
    expect(await promptsOf(talk)).toEqual(['a', 'b'])
    expect(await balanceOf(talk.ownerId)).toMatchObject({
      availableMicros: 0,
      heldMicros: 400_000,
    })
  })

  test('that were agreed to are all refused where the credits have gone meanwhile', async () => {
    Object.assign(env(), { BILLING: 'credits' })
    const talk = talkTo([step('a', 'b', 'c'), done])
    await give(talk, 0.5)
    const answer = await agree(talk, await talk.say('three'))
    expect(statesOf(answer)).toEqual(Array(3).fill('output-error'))
    expect(await promptsOf(talk)).toEqual([])
    expect((await checkLedger()).mismatches).toBe(0)
  })

  test('that were agreed to in part are started without the others', async () => {
    const talk = talkTo([step('a', 'b', 'c'), done])
    const answer = await agree(talk, await talk.say('three'), [0, 2])
    expect(statesOf(answer)).toEqual(['output-available', 'output-denied', 'output-available'])
    expect(await promptsOf(talk)).toEqual(['a', 'c'])
  })

  test('are numbered in the order of their calls', async () => {
    const talk = talkTo([step('a', 'b'), done])
    const answer = await talk.say('two')
    expect(videosOf(answer).map(({ output }) => output?.number)).toEqual([1, 2])
  })

  test('are started without the one that cannot be made, and asked about without it', async () => {
    const impossible = aVideo('never', { seconds: 55 })
    const three = { calls: [impossible, aVideo('a'), aVideo('b')] }
    const talk = talkTo([three, done])
    expect(statesOf(await talk.say('three'))).toEqual([
      'output-error',
      'output-available',
      'output-available',
    ])
    const other = talkTo([three, done], { confirmAboveUsd: 0.3 })
    const asked = await other.say('three')
    expect(statesOf(asked)).toEqual(['output-error', 'approval-requested', 'approval-requested'])
    expect(await promptsOf(other)).toEqual([])
    await agree(other, asked)
    expect(await promptsOf(other)).toEqual(['a', 'b'])
  })

  test('of an answer that is written again are there, but for one that is deleted', async () => {
    const talk = talkTo([step('a', 'b'), done, step('a', 'b', 'c'), done])
    await talk.say('two', 'message-1')
    const first = (await talk.files()).find(({ prompt }) => prompt === 'a')!
    await deleteGeneration(talk.ownerId, first.id)
    const again = await talk.say('two', 'message-1')
    expect(statesOf(again)).toEqual(['output-error', 'output-available', 'output-available'])
    expect(await promptsOf(talk)).toEqual(['b', 'c'])
  })
})

describe('an answer whose process died', () => {
  const hanging: Pick<ChatDeps, 'startTogether'> = { startTogether: () => new Promise(() => {}) }
  const asked = (parts: Parts) => parts.filter((part) => part.type === 'tool-generateVideo')

  /** An answer with two calls that have no outcome. */
  async function unfinished(talk: Conversation, deps: ChatDeps = { ...talk.deps, ...hanging }) {
    await talk.post(aMessage('two'), deps)
    await until(async () => {
      const states = statesOf((await talk.read(deps)).messages[1]!)
      return states.filter((state) => state === 'input-available').length === 2
    })
  }

  test('after its videos were started finds them, each once', async () => {
    const talk = talkTo([step('a', 'b'), done])
    await unfinished(talk, {
      ...talk.deps,
      startTogether: async (...all) => {
        await productionCore.startTogether(...all)
        return new Promise(() => {})
      },
    })
    await until(async () => (await talk.files()).length === 2)
    await died(talk)
    server.script = [done]
    expect(statesOf(await resumed(talk))).toEqual(['output-available', 'output-available'])
    expect(await promptsOf(talk)).toEqual(['a', 'b'])
  })

  test('before they were starts them', async () => {
    const talk = talkTo([step('a', 'b'), done])
    await unfinished(talk)
    await died(talk)
    server.script = [done]
    expect(statesOf(await resumed(talk))).toEqual(['output-available', 'output-available'])
  })

  test('before its question was stored asks about all of them', async () => {
    const talk = talkTo([step('a', 'b'), done])
    await unfinished(talk)
    await died(talk)
    const poor = { ...talk.deps, confirmAboveUsd: 0.3 }
    const stream = await resumeAnswer(talk.ownerId, talk.chatId, poor)
    const { message } = await readAnswer(stream!)
    expect(statesOf(message)).toEqual(['approval-requested', 'approval-requested'])
    expect(videosOf(message)[0]?.approval?.requestReason).toContain('These 2 videos cost')
    expect(await promptsOf(talk)).toEqual([])
    server.script = [done]
    await agree(talk, message)
    expect(await promptsOf(talk)).toEqual(['a', 'b'])
  })

  test('before all calls of its step were stored asks its model again', async () => {
    const talk = talkTo([step('a', 'b'), done])
    await unfinished(talk)
    await died(talk, (parts) => parts.filter((part) => part !== asked(parts)[1]))
    server.script = [step('c', 'd'), done]
    const message = await resumed(talk)
    expect(videosOf(message).map(({ input }) => input?.prompt)).toEqual(['c', 'd'])
    expect(await promptsOf(talk)).toEqual(['c', 'd'])
  })
})
