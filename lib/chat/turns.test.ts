import { callerNamed } from '../../tests/support/people/caller-named.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  aConversation,
  aMessage,
  afterDeathOf,
  callsOf,
  newChatId,
  readAnswer,
  testChatDeps,
  textOf,
  until,
  idWithin,
} from '../../tests/support/generations/test-chat.ts'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import type { ChatMessage } from '#lib/contract/chat'
import { chat } from '../db/chat-schema.ts'
import { database } from '../db/client.ts'
import { AppError } from '../errors.ts'
import { newId } from '../ids.ts'
import { startQueue, stopQueue } from '../jobs/queue.ts'
import { liveAnswers } from './answer/live-answer.ts'
import { deleteChat, listChats, renameChat } from './chats.ts'
import { resumeAnswer, stopAnswer } from './conversation.ts'
import { productionCore } from './core.ts'
import { createDirector } from './director/director.ts'
import { startNewVersion } from './start-new-version.ts'

withTestDatabase()
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))

const fox = 'make a video of a fox in the snow'
const slow = { model: createDirector({ wordDelayMs: 25 }), label: 'Director' }

async function refusal(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof AppError) return error
  throw new Error(`no refusal but ${String(error)}`)
}

describe('paying once', () => {
  test('a message sent again is answered again and starts nothing new', async () => {
    const talk = aConversation()
    const first = await talk.say(fox, 'message-1')
    const again = await talk.say(fox, 'message-1')
    expect(again.id).not.toBe(first.id)
    expect(callsOf(again, 'generateVideo')[0]?.output?.fileId).toBe(
      callsOf(first, 'generateVideo')[0]?.output?.fileId,
    )
    expect(await talk.files()).toHaveLength(1)
    expect((await talk.read()).messages).toHaveLength(2)
  })

  test('a message sent twice at once is one turn with one answer', async () => {
    const talk = aConversation({ deps: testChatDeps({ model: slow }) })
    const message = aMessage(fox)
    const streams = await Promise.all([talk.post(message), talk.post(message), talk.post(message)])
    const answers = await Promise.all(streams.map((stream) => readAnswer(stream)))
    expect(new Set(answers.map((answer) => answer.message.id)).size).toBe(1)
    expect(await talk.files()).toHaveLength(1)
  })

  test('the same text in another message is another request', async () => {
    const talk = aConversation()
    await talk.say(fox)
    await talk.say(fox)
    expect(await talk.files()).toHaveLength(2)
  })

  test('an edit drops what came after, and another request is another video', async () => {
    const talk = aConversation()
    await talk.say(fox, 'message-1')
    await talk.say('vary it', 'message-2')
    await talk.say('make a video of a dog', 'message-1')
    const view = await talk.read()
    expect(view.messages.map(textOf)).toEqual([
      'make a video of a dog',
      expect.stringContaining('Started as video 3'),
    ])
    // What was made stays in the chat with its number.
    expect(view.videos.map(({ number }) => number)).toEqual([1, 2, 3])
    await talk.say(fox, 'message-1')
    expect(await talk.files()).toHaveLength(3)
  })
})

describe('an answer goes on without its reader', () => {
  test('it is finished without a reader, and read from its beginning by the next', async () => {
    const talk = aConversation({ deps: testChatDeps({ model: slow }) })
    const stream = await talk.post(aMessage('who are you?'))
    const reader = stream.getReader()
    await reader.read()
    await reader.cancel()
    await until(async () => textOf((await talk.read()).messages[1]).split(' ').length > 3)
    const resumed = await resumeAnswer(talk.ownerId, talk.chatId, talk.deps)
    const { message, chunks } = await readAnswer(resumed!)
    expect(chunks[0]).toMatchObject({ type: 'start', messageId: message.id })
    const view = await talk.read()
    expect(view.isAnswering).toBe(false)
    expect(view.messages[1]).toEqual(message)
    expect(await resumeAnswer(talk.ownerId, talk.chatId, talk.deps)).toBeUndefined()
  })

  test('another message has to wait, and stop makes way for it', async () => {
    const talk = aConversation({ deps: testChatDeps({ model: slow }) })
    await talk.post(aMessage('who are you?'))
    expect((await refusal(talk.post(aMessage(fox)))).code).toBe('not_possible_now')
    await stopAnswer(talk.ownerId, talk.chatId)
    expect((await talk.read()).messages[1]?.metadata).toMatchObject({ isInterrupted: true })
    await talk.say(fox)
    expect(await talk.files()).toHaveLength(1)
  })

  test('written in another process, it is told from the database when it is done', async () => {
    const talk = aConversation({ deps: testChatDeps({ model: slow }) })
    await talk.post(aMessage(fox))
    // Another process knows the row, and not the live answer.
    const elsewhere = liveAnswers().get(await idWithin(talk.chatId))!
    liveAnswers().delete(await idWithin(talk.chatId))
    const told = await resumeAnswer(talk.ownerId, talk.chatId, talk.deps)
    const [{ message }] = await Promise.all([readAnswer(told!), elsewhere.done])
    expect(callsOf(message, 'generateVideo')[0]).toMatchObject({ state: 'output-available' })
    expect(message).toMatchObject({ id: elsewhere.answerId, role: 'assistant' })
  })

  test('written in another process, it is not claimed by one whose clock is ahead', async () => {
    const talk = aConversation({ deps: testChatDeps({ model: slow }) })
    await talk.post(aMessage(fox))
    const elsewhere = liveAnswers().get(await idWithin(talk.chatId))!
    liveAnswers().delete(await idWithin(talk.chatId))
    const ahead = { ...talk.deps, now: () => new Date(Date.now() + 3_600_000) }
    const told = await resumeAnswer(talk.ownerId, talk.chatId, ahead)
    await Promise.all([readAnswer(told!), elsewhere.done])
    const [row] = await database().select().from(chat).where(eq(chat.publicId, talk.chatId))
    expect(row).toMatchObject({ answerId: null, answerAttempts: 1 })
  })
})

describe('an answer whose process died', () => {
  test('while it is being read, goes on in the same stream', async () => {
    const talk = aConversation()
    await talk.post(aMessage('who are you?'), testChatDeps({ model: slow }))
    await until(async () => textOf((await talk.read()).messages[1]).includes('director'))
    liveAnswers().delete(await idWithin(talk.chatId))
    const waiting = await resumeAnswer(talk.ownerId, talk.chatId, talk.deps)
    await afterDeathOf(talk.chatId)
    const { message } = await readAnswer(waiting!)
    expect(textOf(message)).toContain('language model in my place')
    expect((await talk.read()).messages[1]).toEqual(message)
  })

  test('between the start of the video and its record, goes on with the same video', async () => {
    const ended = new AbortController()
    const dying = testChatDeps({
      startTogether: async (...all) => {
        await productionCore.startTogether(...all)
        return new Promise(() => {})
      },
      signal: ended.signal,
    })
    const talk = aConversation()
    await talk.post(aMessage(fox), dying)
    await until(async () => (await talk.files()).length === 1)
    const answerId = (await talk.read(dying)).messages[1]!.id
    const { done } = liveAnswers().get(await idWithin(talk.chatId))!
    // Or its timer would go on renewing the lease, which the dead do not.
    ended.abort()
    await done
    await afterDeathOf(talk.chatId)

    expect((await talk.read()).isAnswering).toBe(true)
    const stream = await resumeAnswer(talk.ownerId, talk.chatId, talk.deps)
    if (stream) await readAnswer(stream)
    const view = await talk.read()
    expect(view.messages[1]?.id).toBe(answerId)
    expect(callsOf(view.messages[1], 'generateVideo')).toHaveLength(1)
    expect(textOf(view.messages[1])).toContain('Started as video 1')
    expect(await talk.files()).toHaveLength(1)
  })

  test('in the middle of its words, is written again in the same message', async () => {
    const talk = aConversation()
    await talk.post(aMessage('who are you?'), testChatDeps({ model: slow }))
    await until(async () => textOf((await talk.read()).messages[1]).includes('director'))
    const answerId = (await talk.read()).messages[1]!.id
    await afterDeathOf(talk.chatId)
    const stream = await resumeAnswer(talk.ownerId, talk.chatId, talk.deps)
    const { message } = await readAnswer(stream!)
    expect(message.id).toBe(answerId)
    expect(textOf(message).match(/I’m the director/g)).toHaveLength(1)
    expect((await talk.read()).messages[1]).toEqual(message)
  })

  test('by an orderly end, goes on at once with the next reader', async () => {
    const ending = new AbortController()
    const talk = aConversation()
    const deps = testChatDeps({ model: slow, signal: ending.signal })
    await talk.post(aMessage('who are you?'), deps)
    await until(async () => textOf((await talk.read(deps)).messages[1]).includes('director'))
    const { done } = liveAnswers().get(await idWithin(talk.chatId))!
    ending.abort(new Error('the process ends'))
    await done
    const stream = await resumeAnswer(talk.ownerId, talk.chatId, talk.deps)
    expect(textOf((await readAnswer(stream!)).message)).toContain('language model in my place')
    expect((await talk.read()).messages[1]?.metadata?.isInterrupted).toBeUndefined()
  })

  test('can be stopped, and is gone on from with another message', async () => {
    const talk = aConversation()
    await talk.post(aMessage('who are you?'), testChatDeps({ model: slow }))
    await until(async () => textOf((await talk.read()).messages[1]).includes('director'))
    await afterDeathOf(talk.chatId)
    await stopAnswer(talk.ownerId, talk.chatId)
    expect(await talk.read()).toMatchObject({ isAnswering: false })
    await talk.say(fox)
    expect((await talk.read()).messages).toHaveLength(4)
  })
})

describe('a video above the threshold', () => {
  const dear = testChatDeps({ priceOf: async () => ({ usd: 2.5, upToUsd: 2.5 }) })

  function decided(message: ChatMessage, approved: boolean): ChatMessage {
    return {
      ...message,
      parts: message.parts.map((part) =>
        'approval' in part && part.approval
          ? { ...part, state: 'approval-responded', approval: { id: part.approval.id, approved } }
          : part,
      ) as ChatMessage['parts'],
    }
  }

  test('is started once the user has agreed, in the same message', async () => {
    const talk = aConversation({ deps: dear })
    const asked = await talk.say(fox)
    const [part] = callsOf(asked, 'generateVideo')
    expect(part).toMatchObject({
      state: 'approval-requested',
      approval: { requestReason: expect.stringContaining('$2.50') as string },
    })
    expect(await talk.files()).toHaveLength(0)

    const agreed = decided(asked, true)
    const { message } = await readAnswer(await talk.post(agreed), agreed)
    expect(message.id).toBe(asked.id)
    expect(callsOf(message, 'generateVideo')[0]).toMatchObject({ state: 'output-available' })
    expect(textOf(message).match(/Got it/g)).toHaveLength(1)
    expect(await talk.files()).toHaveLength(1)
    const [, stored] = (await talk.read()).messages
    expect(stored?.id).toBe(asked.id)
    expect(textOf(stored)).toBe(textOf(message))
    // The same click once more.
    expect((await refusal(talk.post(agreed))).code).toBe('not_possible_now')
    expect(await talk.files()).toHaveLength(1)
  })

  test('is not started where the user declines', async () => {
    const talk = aConversation({ deps: dear })
    const asked = await talk.say(fox)
    const declined = decided(asked, false)
    const { message } = await readAnswer(await talk.post(declined), declined)
    expect(callsOf(message, 'generateVideo')[0]).toMatchObject({ state: 'output-denied' })
    expect(textOf(message)).toContain('not started')
    expect(await talk.files()).toHaveLength(0)
  })

  test('cannot be agreed to with another input, another id, or after the talk has gone on', async () => {
    const talk = aConversation({ deps: dear })
    const asked = await talk.say(fox)
    const forged = structuredClone(decided(asked, true))
    for (const part of forged.parts) if ('approval' in part && part.approval) part.approval.id = 'x'
    expect((await refusal(talk.post(forged))).code).toBe('not_possible_now')
    const altered = structuredClone(decided(asked, true))
    for (const part of altered.parts)
      if (part.type === 'tool-generateVideo') Object.assign(part.input!, { prompt: 'altered' })
    await readAnswer(await talk.post(altered), altered)
    expect((await talk.files())[0]?.prompt).toBe('fox in the snow')
    const next = await talk.say('vary it')
    await talk.say('who are you?')
    expect((await refusal(talk.post(decided(next, true)))).code).toBe('not_possible_now')
    expect(await talk.files()).toHaveLength(1)
  })
})

describe('limits and ownership', () => {
  test('messages a minute are limited for a user, over all chats', async () => {
    const deps = testChatDeps({ messagesAMinute: 2 })
    const talk = aConversation({ deps })
    await talk.say('hello')
    await aConversation({ deps, ownerId: talk.ownerId }).say('hello')
    const error = await refusal(talk.post(aMessage('hello')))
    expect(error).toMatchObject({ code: 'rate_limited', status: 429 })
    expect(error.retryAfterSeconds).toBeGreaterThan(50)
    await aConversation({ deps }).say('hello')
    const later = { ...deps, now: () => new Date(Date.now() + 61_000) }
    await talk.say('hello', undefined, later)
  })

  test('messages a minute of a member, or of a key, are not those of the whole organization', async () => {
    const deps = testChatDeps({ messagesAMinute: 1 })
    const ownerId = newId('org')
    const talkOf = (userId: string, keyId: string | null = null) =>
      aConversation({ deps, ownerId, caller: callerNamed(ownerId, { userId, keyId }) })
    await talkOf('anna').say('hello')
    await talkOf('boris').say('hello')
    await talkOf('', 'key_1').say('hello')
    await talkOf('', 'key_2').say('hello')
    for (const again of [talkOf('anna'), talkOf('', 'key_1')])
      expect(await refusal(again.post(aMessage('hello')))).toMatchObject({ code: 'rate_limited' })
  })

  test.each(['', '   ', 'x'.repeat(8001)])('a message of that length is refused', async (text) => {
    expect((await refusal(aConversation().post(aMessage(text)))).code).toBe('invalid_input')
  })

  test.each(['chat_1', '../x', 'chat_ABCDEFGHIJKLMNOPQRSTUVWX'])(
    'the chat id %s is refused',
    async (chatId) => {
      const talk = aConversation({ chatId })
      expect((await refusal(talk.post(aMessage('hello')))).code).toBe('invalid_input')
    },
  )

  test("a stranger's chat is one that does not exist", async () => {
    const talk = aConversation()
    await talk.say('hello')
    const stranger = aConversation({ chatId: talk.chatId })
    const tries = [
      () => stranger.read(),
      () => resumeAnswer(stranger.ownerId, talk.chatId, talk.deps),
      () => stopAnswer(stranger.ownerId, talk.chatId),
      () => renameChat(stranger.ownerId, talk.chatId, { title: 'mine' }),
      () => deleteChat(stranger.ownerId, talk.chatId),
      () => aConversation().read(),
    ]
    for (const one of tries) expect((await refusal(one())).code).toBe('not_found')
    expect((await talk.read()).messages).toHaveLength(2)
    expect((await listChats(stranger.ownerId, {})).chats).toEqual([])
  })

  test('an id is its owner’s alone: two chats of it know nothing of each other', async () => {
    const talk = aConversation()
    await talk.say(fox)
    const other = aConversation({ chatId: talk.chatId })
    const answer = await other.say('a video of a whale, wide')
    expect(callsOf(answer, 'generateVideo')[0]?.output).toMatchObject({ number: 1 })
    const [mine, theirs] = [await talk.read(), await other.read()]
    expect([mine.id, theirs.id]).toEqual([talk.chatId, talk.chatId])
    expect([mine.videos.length, theirs.videos.length]).toEqual([1, 1])
    expect(mine.videos[0]!.fileId).not.toBe(theirs.videos[0]!.fileId)
    expect(theirs.messages).toHaveLength(2)
    const caller = callerNamed(other.ownerId)
    const body = { fromFileId: theirs.videos[0]!.fileId, prompt: 'a shark' }
    await startNewVersion({ caller, chatId: other.chatId, body, idempotencyKey: 'version-1' })
    expect((await other.read()).videos).toMatchObject([{ number: 1 }, { number: 2 }])
    await renameChat(other.ownerId, other.chatId, { title: 'Theirs' })
    await stopAnswer(other.ownerId, other.chatId)
    expect((await listChats(other.ownerId, {})).chats).toMatchObject([{ title: 'Theirs' }])
    await deleteChat(other.ownerId, other.chatId)
    expect((await refusal(other.read())).code).toBe('not_found')
    expect((await talk.read()).messages).toEqual(mine.messages)
  })

  test("a stranger's video can neither be shown nor varied", async () => {
    const theirs = aConversation()
    await theirs.say(fox)
    const [file] = await theirs.files()
    const talk = aConversation()
    await talk.say('hello')
    const { ownerId, chatId } = talk
    const body = { fromFileId: file!.id, prompt: 'mine' }
    const error = await refusal(
      startNewVersion(
        { caller: callerNamed(ownerId), chatId, body, idempotencyKey: null },
        talk.deps,
      ),
    )
    expect(error.code).toBe('invalid_input')
  })

  test('chats at the same time never mix', async () => {
    const scenes = ['a fox in snow', 'waves at sea', 'a red kite', 'an old train', 'two horses']
    const ownerId = 'same-user'
    const talks = scenes.map((scene) => ({ scene, talk: aConversation({ ownerId }) }))
    const answers = await Promise.all(
      talks.map(({ scene, talk }) => talk.say(`make a video of ${scene}`)),
    )
    for (const [index, { scene, talk }] of talks.entries()) {
      const [part] = callsOf(answers[index], 'generateVideo')
      expect(scene).toContain(part!.output!.prompt)
      expect((await talk.read()).videos).toMatchObject([
        { fileId: part!.output!.fileId, number: 1 },
      ])
    }
  })
})

describe('the list of chats', () => {
  test('is last used first, searched over titles and texts, renamed and thinned out', async () => {
    const ownerId = 'lister'
    const [a, b] = [aConversation({ ownerId }), aConversation({ ownerId })]
    await a.say('make a video of 100% cotton')
    await b.say('сделай видео: кит в океане')
    await a.say('turn it horizontal')
    const ids = async (search: string) =>
      (await listChats(ownerId, { search })).chats.map(({ id }) => id)
    expect(await ids('')).toEqual([a.chatId, b.chatId])
    expect(await ids('HORIZONTAL')).toEqual([a.chatId])
    expect(await ids('100%')).toEqual([a.chatId])
    expect(await ids('%')).toEqual([a.chatId])
    expect(await ids('КИТ')).toEqual([b.chatId])
    expect(await renameChat(ownerId, b.chatId, { title: ' Whale ' })).toMatchObject({
      title: 'Whale',
    })
    expect(await ids('whale')).toEqual([b.chatId])
    await deleteChat(ownerId, a.chatId)
    expect(await ids('')).toEqual([b.chatId])
    expect(await a.files()).toHaveLength(3)
  })

  test('F22: is searched whatever the form, width, case and accents of the words', async () => {
    const ownerId = 'speller'
    const talk = aConversation({ ownerId })
    await talk.say(`make a video of I\u0307stanbul, a ёлка, die Straße, cafe\u0301 and 50%_off`)
    await renameChat(ownerId, talk.chatId, { title: 'Ｔｏｋｙｏ  Ὀδός' })
    await aConversation({ ownerId }).say('make a video of a fox')
    const found = async (search: string) =>
      (await listChats(ownerId, { search })).chats.map(({ id }) => id)
    for (const words of ['istanbul', 'İSTANBUL', 'Елка', 'ЁЛКА', 'strasse', 'caf\u00e9', 'CAFE'])
      expect(await found(words), words).toEqual([talk.chatId])
    for (const words of ['tokyo οδος', 'ＴＯＫＹＯ', '%_', String.raw`50%_`])
      expect(await found(words), words).toEqual([talk.chatId])
    for (const words of ['5_%', String.raw`\%`, 'istanbul_']) expect(await found(words)).toEqual([])
    expect(await found('\u200B \u3000')).toHaveLength(2)
  })

  test('F33: a message or a title that cannot be seen is none', async () => {
    const talk = aConversation()
    for (const blank of ['\u200B\u200B', '\u2800', '\u3164\u00A0', '\u0007']) {
      expect((await refusal(talk.post(aMessage(blank)))).message).toContain('Write a message.')
    }
    await talk.say('good morning')
    const refused = await refusal(renameChat(talk.ownerId, talk.chatId, { title: '\u200B\u3164' }))
    expect(refused.fields?.map(({ field }) => field)).toEqual(['title'])
    const kept = await talk.say('می\u200Cخواهم 👩‍👩‍👧')
    expect(kept.role).toBe('assistant')
    const said = (await talk.read()).messages.map((message) => textOf(message))
    expect(said[2]).toBe('می\u200Cخواهم 👩‍👩‍👧')
  })

  test('comes a page at a time', async () => {
    const ownerId = 'pager'
    for (let index = 0; index < 32; index++) {
      const at = new Date(1_700_000_000_000 + Math.floor(index / 2) * 1000)
      await database().insert(chat).values({
        id: newChatId(),
        publicId: newChatId(),
        ownerId,
        title: 'x',
        searchTitle: 'x',
        createdAt: at,
        updatedAt: at,
      })
    }
    const first = await listChats(ownerId, {})
    const second = await listChats(ownerId, { cursor: first.nextCursor ?? undefined })
    expect([first.chats.length, second.chats.length, second.nextCursor]).toEqual([30, 2, null])
    expect(new Set([...first.chats, ...second.chats].map(({ id }) => id)).size).toBe(32)
  })
})

describe('a version made outside the conversation', () => {
  test('has its number and its parent, is made once, and is known to the assistant', async () => {
    const talk = aConversation()
    await talk.say(fox)
    const [from] = await talk.files()
    const version = () =>
      startNewVersion(
        {
          caller: callerNamed(talk.ownerId),
          chatId: talk.chatId,
          body: { fromFileId: from!.id, prompt: 'a fox in the rain' },
          idempotencyKey: 'click-1',
        },
        talk.deps,
      )
    const [first, second] = await Promise.all([version(), version()])
    expect(second.id).toBe(first.id)
    expect(first).toMatchObject({
      prompt: 'a fox in the rain',
      settings: { duration: from!.duration },
    })
    expect((await talk.read()).videos[1]).toEqual({
      fileId: first.id,
      parentFileId: from!.id,
      number: 2,
      messageId: null,
    })
    const answer = await talk.say('the second one, but square')
    expect(callsOf(answer, 'generateVideo')[0]?.output).toMatchObject({
      fromFileId: first.id,
      prompt: 'a fox in the rain',
      aspectRatio: '1:1',
    })
  })

  async function aFox() {
    const talk = aConversation()
    await talk.say(fox)
    const [from] = await talk.files()
    const { ownerId, chatId, deps } = talk
    const version = (changes: object, idempotencyKey: string) => {
      const body = { fromFileId: from!.id, ...changes }
      return startNewVersion({ caller: callerNamed(ownerId), chatId, body, idempotencyKey }, deps)
    }
    return { talk, version }
  }

  test('is one video, whatever number of variations is asked for', async () => {
    const { talk, version } = await aFox()
    await version({ variations: 4 }, 'click-1')
    expect(await talk.files()).toHaveLength(2)
    expect((await talk.read()).videos).toHaveLength(2)
  })

  test('is another one under a key that differs in its last character only', async () => {
    const { talk, version } = await aFox()
    const long = 'k'.repeat(254)
    const [a, b] = [await version({}, `${long}a`), await version({}, `${long}b`)]
    expect(b.id).not.toBe(a.id)
    expect((await version({}, `${long}a`)).id).toBe(a.id)
    expect(await talk.files()).toHaveLength(3)
  })
})
