import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Caller } from '#lib/contract/people/caller'
import type { ScriptedCall } from '../../tests/emulators/openai-chat-server.ts'
import {
  aConversation,
  aMessage,
  callsOf,
  readAnswer,
  testChatDeps,
  textOf,
} from '../../tests/support/generations/test-chat.ts'
import { forgetEverything } from '../../tests/support/generations/test-generation.ts'
import { withChatServer } from '../../tests/support/database/with-chatserver.ts'
import { user } from '../db/auth-schema.ts'
import { chat } from '../db/chat-schema.ts'
import { database } from '../db/client.ts'
import { generation } from '../db/generation-schema.ts'
import { newId } from '../ids.ts'
import { adopt } from '../people/adoption/adopt.ts'
import { readChat } from './chats.ts'
import { productionCore } from './core.ts'
import type { ChatDeps } from './deps.ts'

const server = await withChatServer()
beforeEach(forgetEverything)

const aVideo = (prompt: string): ScriptedCall => ({
  name: 'generateVideo',
  arguments: { prompt, model: 'local-preview', seconds: 2 },
})

async function aUser(isAnonymous: boolean) {
  const id = newId('token')
  await database()
    .insert(user)
    .values({ id, name: '', email: `${id}@x`, isAnonymous })
  return id
}

/** Three videos one after the other; the visitor signs in at a moment of the second. */
async function talk(signInBefore: 'models' | 'priceOf' | 'startTogether') {
  const [visitor, account] = [await aUser(true), await aUser(false)]
  server.script = [
    { calls: [aVideo('one')] },
    { calls: [aVideo('two')] },
    { calls: [aVideo('three')] },
    { calls: [{ name: 'listVideos', arguments: { scope: 'chat' } }] },
    { text: 'Done.' },
  ]
  let asked = 0
  const moved: Pick<ChatDeps, typeof signInBefore> = {
    [signInBefore]: async (...given: unknown[]) => {
      if (++asked === 2) await adopt(visitor, account)
      return (productionCore[signInBefore] as (...all: unknown[]) => unknown)(...given)
    },
  } as Pick<ChatDeps, typeof signInBefore>
  const endpoint = createOpenAICompatible({ name: 'chat', baseURL: server.baseUrl })
  const model = { model: endpoint('test-model'), label: 'test-model' }
  const deps = testChatDeps({ model, ...moved })
  const talking = aConversation({ ownerId: visitor, deps })
  const { message } = await readAnswer(await talking.post(aMessage('three videos')))
  return { visitor, account, message, chatId: talking.chatId, deps }
}

describe('an answer that is written while its visitor signs in', () => {
  test.each(['models', 'priceOf', 'startTogether'] as const)(
    'goes on as the account, each video once (before “%s”)',
    async (moment) => {
      const { visitor, account, message, chatId, deps } = await talk(moment)
      expect(callsOf(message, 'generateVideo').map(({ state }) => state)).toEqual(
        Array(3).fill('output-available'),
      )
      expect(callsOf(message, 'listVideos')[0]).toMatchObject({
        output: { videos: [{ prompt: 'one' }, { prompt: 'two' }, { prompt: 'three' }] },
      })
      expect(textOf(message)).toContain('Done.')
      const rows = await database().select().from(generation)
      expect(rows.map(({ prompt }) => prompt).toSorted()).toEqual(['one', 'three', 'two'])
      expect(new Set(rows.map(({ ownerId }) => ownerId))).toEqual(new Set([account]))
      const [kept] = await database().select().from(chat).where(eq(chat.publicId, chatId))
      expect(kept).toMatchObject({ ownerId: account, answerId: null })
      expect((await readChat(account, chatId, deps)).messages).toHaveLength(2)
      await expect(readChat(visitor, chatId, deps)).rejects.toMatchObject({ code: 'not_found' })
    },
  )

  test('may go on as no more than a visitor', async () => {
    const callers: Caller[] = []
    const [visitor, account] = [await aUser(true), await aUser(false)]
    server.script = [{ calls: [aVideo('one')] }, { calls: [aVideo('two')] }, { text: 'Done.' }]
    const endpoint = createOpenAICompatible({ name: 'chat', baseURL: server.baseUrl })
    const deps = testChatDeps({
      model: { model: endpoint('test-model'), label: 'test-model' },
      startTogether: async (requests, atMostMicros) => {
        callers.push(requests[0]!.caller)
        if (callers.length === 1) await adopt(visitor, account)
        return productionCore.startTogether(requests, atMostMicros)
      },
    })
    const talking = aConversation({ ownerId: visitor, deps })
    await readAnswer(await talking.post(aMessage('two videos')))
    expect(callers.map(({ ownerId, isVisitor }) => [ownerId, isVisitor])).toEqual([
      [visitor, true],
      [account, true],
      [account, true],
    ])
  })
})
