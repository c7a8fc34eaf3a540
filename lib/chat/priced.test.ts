import { callerNamed } from '../../tests/support/people/caller-named.ts'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  aConversation,
  aMessage,
  afterDeathOf,
  callsOf,
  readAnswer,
  testChatDeps,
  textOf,
  until,
} from '../../tests/support/generations/test-chat.ts'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import { forgetEverything } from '../../tests/support/generations/test-generation.ts'
import type { ChatMessage } from '#lib/contract/chat'
import { apikey, organization } from '../db/auth-schema.ts'
import { chat } from '../db/chat-schema.ts'
import { database } from '../db/client.ts'
import { generation } from '../db/generation-schema.ts'
import { startQueue, stopQueue } from '../jobs/queue.ts'
import { resumeAnswer, sendMessage } from './conversation.ts'
import { type Core, productionCore } from './core.ts'
import { startNewVersion } from './start-new-version.ts'

// The catalogue as it is with these two keys; no worker runs, so no provider is called.
process.env.KIE_API_KEY = 'a key'
process.env.GOOGLE_CLOUD_PROJECT = 'a project'
withTestDatabase()
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))
beforeEach(forgetEverything)

type Conversation = ReturnType<typeof aConversation>

async function newest(talk: Conversation) {
  const rows = await talk.files()
  return rows.toSorted((a, b) => Number(b.createdAt) - Number(a.createdAt))[0]!
}

function decided(message: ChatMessage, approved: boolean): ChatMessage {
  const parts = message.parts.map((part) =>
    'approval' in part && part.approval
      ? { ...part, state: 'approval-responded', approval: { id: part.approval.id, approved } }
      : part,
  )
  return { ...message, parts: parts as ChatMessage['parts'] }
}

async function agree(talk: Conversation, asked: ChatMessage, deps = talk.deps) {
  const agreed = decided(asked, true)
  return (await readAnswer(await talk.post(agreed, deps), agreed)).message
}

const question = (message: ChatMessage) =>
  callsOf(message, 'generateVideo')[0]?.approval?.requestReason

describe('what the director asks for with a provider’s key is made by a model that can', () => {
  test.each([
    ['Make a vertical video of rain over a night city', 'veo-3.1-lite', '9:16', 8, '720p'],
    ['A calm ocean at sunset, wide, 8 seconds, the camera pans', 'veo-3.1-lite', '16:9', 8, '720p'],
    ['Сделай квадратное видео: снег падает на горы', 'wan-2.7', '1:1', 5, '720p'],
    ['a 5 second square clip of a cat', 'wan-2.7', '1:1', 5, '720p'],
    ['a 5 second clip of a cat', 'wan-2.7', '9:16', 5, '720p'],
    ['a video of a cat, 10 seconds', 'wan-2.7', '9:16', 10, '720p'],
    ['a video of a cat, 2 seconds, 480p', 'veo-3.1-lite', '9:16', 4, '720p'],
  ])('%s', async (text, model, aspectRatio, duration, resolution) => {
    const talk = aConversation()
    const answer = await talk.say(text)
    expect(await talk.files()).toMatchObject([{ model, aspectRatio, duration, resolution }])
    expect(textOf(answer)).toMatch(/for about \$0\.\d0|примерно за\u00a0\$0,\d0/)
  })

  test('what could not be had is said', async () => {
    const talk = aConversation()
    const answer = await talk.say('a video of a cat, 2 seconds, 480p')
    expect(textOf(answer)).toContain(
      'The closest match: 4 s instead of 2 s and 720p instead of 480p.',
    )
    expect(callsOf(answer, 'generateVideo')[0]?.output).toMatchObject({
      seconds: 4,
      insteadOf: { seconds: 2, resolution: '480p' },
    })
  })

  test('longer and shorter go by the steps of the model, and over to another at their end', async () => {
    const talk = aConversation()
    await talk.say('a vertical video of a cat, 4 seconds')
    expect(await newest(talk)).toMatchObject({ model: 'veo-3.1-lite', duration: 4 })
    await talk.say('make it longer')
    expect(await newest(talk)).toMatchObject({ model: 'veo-3.1-lite', duration: 6 })
    await talk.say('the first one, but shorter')
    expect(await talk.files()).toHaveLength(2)
    await talk.say('the second one, but shorter')
    expect(await newest(talk)).toMatchObject({ model: 'veo-3.1-lite', duration: 4 })
    await talk.say('the second one, 8 seconds')
    const answer = await talk.say('make it longer')
    expect(await newest(talk)).toMatchObject({ model: 'wan-2.7', duration: 10 })
    expect(textOf(answer)).toContain('Wan 2.7 instead of Veo 3.1 Lite')
  })

  test('a new version that its model cannot make is made by another one, and that is said', async () => {
    const talk = aConversation()
    await talk.say('make a vertical video of a cat')
    const answer = await talk.say('make it square')
    expect(await newest(talk)).toMatchObject({ model: 'wan-2.7', aspectRatio: '1:1', duration: 10 })
    expect(textOf(answer)).toContain('Wan 2.7 instead of Veo 3.1 Lite and without sound')
  })
})

describe('nothing above the threshold is spent without a click', () => {
  const cat = 'make a vertical video of a cat'

  test('a video that needs none may not cost more, whichever provider it falls back to', async () => {
    const talk = aConversation({ deps: testChatDeps({ confirmAboveUsd: 0.5 }) })
    await talk.say(cat)
    expect(await newest(talk)).toMatchObject({ maxUsd: 0.5, upToUsd: 0.2 })
  })

  test('one that costs more is asked about with all it may come to, and that is its limit', async () => {
    const fast = { confirmAboveUsd: 0.3, ...onlyModel('veo-3.1-fast') }
    const talk = aConversation({ deps: testChatDeps(fast) })
    const asked = await talk.say(cat)
    expect(question(asked)).toBe(
      'This video costs about $0.40, up to $1.20 if it falls back to another provider. Start it?',
    )
    expect(await talk.files()).toEqual([])
    await agree(talk, asked)
    expect(await talk.files()).toMatchObject([{ maxUsd: 1.2, estimatedUsd: 0.4, upToUsd: 1.2 }])
  })

  test('where the price rises after the question, nothing is started', async () => {
    const told = { usd: 0.3, upToUsd: 0.3 }
    const deps = testChatDeps({ confirmAboveUsd: 0.1, priceOf: async () => told })
    const talk = aConversation({ deps: { ...deps, ...onlyModel('veo-3.1-fast') } })
    const asked = await talk.say(cat)
    expect(question(asked)).toContain('$0.30')
    const answer = await agree(talk, asked)
    expect(callsOf(answer, 'generateVideo')[0]?.errorText).toBe(
      'The price is now above $0.30. Nothing was started or charged. Ask again to see the new price.',
    )
    expect(await talk.files()).toEqual([])
  })

  test('where it rises after no question was needed, neither', async () => {
    const priceOf = async () => ({ usd: 0.05, upToUsd: 0.05 })
    const talk = aConversation({ deps: testChatDeps({ confirmAboveUsd: 0.1, priceOf }) })
    const answer = await talk.say(cat)
    expect(callsOf(answer, 'generateVideo')[0]?.errorText).toContain('now above $0.10')
    expect(await talk.files()).toEqual([])
  })

  test('where the price is unknown, nothing is started and nothing is asked', async () => {
    const priceOf = () => Promise.reject(new Error('the database is away'))
    const talk = aConversation({ deps: testChatDeps({ priceOf }) })
    const answer = await talk.say(cat)
    expect(await talk.files()).toEqual([])
    expect(JSON.stringify(answer)).not.toContain('database')
    const [, stored] = (await talk.read()).messages
    expect(stored?.metadata).toMatchObject({
      isInterrupted: true,
      error: { key: 'chat.problem.brokeOff' },
    })
    expect(callsOf(stored, 'generateVideo')[0]?.state).toBe('output-error')
  })

  test('what is refused is no question: the tool says why', async () => {
    const talk = aConversation({ deps: testChatDeps({ confirmAboveUsd: 0 }) })
    const answer = await talk.say('make a video of a cat, 55 seconds')
    expect(callsOf(answer, 'generateVideo')[0]).toMatchObject({
      state: 'output-error',
      errorText: expect.stringContaining('about 55 s') as string,
    })
  })

  test('the smaller limit of the video before holds, and a click goes over it', async () => {
    const talk = aConversation({ deps: testChatDeps({ confirmAboveUsd: 1 }) })
    await talk.say(cat)
    const from = await newest(talk)
    await database()
      .update(generation)
      .set({ limitMicros: 300_000 })
      .where(eq(generation.id, from.id))
    await talk.say('make it darker')
    expect(await newest(talk)).toMatchObject({ maxUsd: 0.3, estimatedUsd: 0.2 })
    const asked = await talk.say('the first one, but square')
    expect(question(asked)).toContain('$0.80')
    await agree(talk, asked)
    expect(await newest(talk)).toMatchObject({ model: 'wan-2.7', maxUsd: 0.8 })
  })
})

describe('the key of a call stays its own', () => {
  test('a request that is answered again is the same video, whatever models and prices are by then', async () => {
    const talk = aConversation()
    const text = 'make a vertical video of a cat'
    await talk.say(text, 'message-1')
    const later = testChatDeps({ confirmAboveUsd: 0.7, ...onlyModel('veo-3.1-fast') })
    const again = await talk.say(text, 'message-1', later)
    expect(callsOf(again, 'generateVideo')[0]).toMatchObject({ state: 'output-available' })
    expect(await talk.files()).toHaveLength(1)
  })

  test('so it is where the process died before its chat had heard of the video', async () => {
    const dying = testChatDeps({
      startTogether: async (...all) => {
        await productionCore.startTogether(...all)
        return new Promise(() => {})
      },
    })
    const talk = aConversation()
    await talk.post(aMessage('make a vertical video of a cat'), dying)
    await until(async () => (await talk.files()).length === 1)
    await afterDeathOf(talk.chatId)

    const later = testChatDeps({ confirmAboveUsd: 0.7, ...onlyModel('veo-3.1-fast') })
    const stream = await resumeAnswer(talk.ownerId, talk.chatId, later)
    const { message } = await readAnswer(stream!)
    const [started] = await talk.files()
    expect(callsOf(message, 'generateVideo')[0]?.output?.fileId).toBe(started!.id)
    expect(await talk.files()).toHaveLength(1)
  })
})

describe('who asked pays', () => {
  const asker = { userId: 'user_asking', keyId: 'key_7' }
  afterEach(async () => void (await database().delete(apikey)))

  /** A chat whose answer was asked for with a key, and whose process died before it started anything. */
  async function died() {
    const dying = testChatDeps({ startTogether: () => new Promise(() => {}) })
    const talk = aConversation()
    const { ownerId, chatId } = talk
    await database().insert(organization).values({ id: ownerId, name: 'A', slug: ownerId })
    await database().insert(apikey).values({ id: 'key_7', referenceId: ownerId, key: 'hash' })
    // A session is more than its caller: what else it holds is not kept.
    const session = { ...callerNamed(ownerId, asker), isNew: false, setCookies: ['secret'] }
    const said = { chatId, message: aMessage('make a vertical video of a cat') }
    await sendMessage(session, { ...said, trigger: 'submit-message' }, dying)
    const chatRow = async () =>
      (await database().select().from(chat).where(eq(chat.publicId, chatId)))[0]!
    await until(async () => (await chatRow()).answerFor !== null)
    expect((await chatRow()).answerFor).toEqual(callerNamed(ownerId, asker))
    await until(async () => callsOf((await talk.read()).messages[1], 'generateVideo').length === 1)
    await afterDeathOf(chatId)
    return { talk, ownerId, chatId, chatRow }
  }

  test('also for what is started after their process has died', async () => {
    const { talk, ownerId, chatId, chatRow } = await died()
    await readAnswer((await resumeAnswer(ownerId, chatId, talk.deps))!)
    expect(await newest(talk)).toMatchObject({ ownerId, startedBy: 'user_asking', keyId: 'key_7' })
    expect((await chatRow()).answerFor).toBeNull()
  })

  test('and no one, where their key was revoked meanwhile', async () => {
    const { talk, ownerId, chatId, chatRow } = await died()
    await database().update(apikey).set({ enabled: false })
    const { message } = await readAnswer((await resumeAnswer(ownerId, chatId, talk.deps))!)
    expect(await talk.files()).toEqual([])
    expect(callsOf(message, 'generateVideo')[0]).toMatchObject({
      state: 'output-error',
      errorText: expect.stringContaining('can no longer start videos or images here'),
    })
    expect((await chatRow()).answerFor).toBeNull()
  })

  test('and for an answer of an older version its owner', async () => {
    const dying = testChatDeps({ startTogether: () => new Promise(() => {}) })
    const talk = aConversation()
    await talk.post(aMessage('make a vertical video of a cat'), dying)
    await until(async () => callsOf((await talk.read()).messages[1], 'generateVideo').length === 1)
    await afterDeathOf(talk.chatId, { answerFor: null })
    await readAnswer((await resumeAnswer(talk.ownerId, talk.chatId, talk.deps))!)
    expect(await newest(talk)).toMatchObject({ startedBy: talk.ownerId, keyId: null })
  })
})

describe('a version made by a click', () => {
  const body = { model: 'veo-3.1-fast', prompt: 'a cat' }

  async function aVideoAt(maxUsd: number | null) {
    const talk = aConversation()
    await talk.say('hello')
    const from = await productionCore.start({
      caller: callerNamed(talk.ownerId),
      body: { ...body, maxUsd },
      idempotencyKey: null,
    })
    const version = (changes: object) =>
      startNewVersion({
        caller: callerNamed(talk.ownerId),
        chatId: talk.chatId,
        body: { fromFileId: from.id, ...changes },
        idempotencyKey: null,
      })
    return version
  }

  test('costs at most what the button has shown', async () => {
    const version = await aVideoAt(null)
    expect(await version({ maxUsd: 0.4 })).toMatchObject({
      limitMicros: 400_000,
      ceilingMicros: 400_000,
    })
    await expect(version({ maxUsd: 0.3 })).rejects.toMatchObject({
      fields: [{ field: 'maxUsd' }],
    })
  })

  test('keeps the limit of its video where no other is given', async () => {
    const version = await aVideoAt(0.5)
    expect(await version({ prompt: 'a dog' })).toMatchObject({
      limitMicros: 500_000,
      ceilingMicros: 400_000,
    })
  })
})

/** As if this were the only model there is; prices and start stay the real ones. */
function onlyModel(id: string) {
  const models: Core['models'] = async (caller) =>
    (await productionCore.models(caller)).filter((model) => model.id === id)
  return { models }
}
