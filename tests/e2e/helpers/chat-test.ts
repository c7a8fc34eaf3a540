import {
  type OpenAiChatServer,
  type ScriptedCall,
  startOpenAiChatServer,
} from '../../emulators/openai-chat-server.ts'
import { AppServer } from './app-server.ts'
import { ChatRoom } from './chat-room.ts'

import { ownTest, test } from './test.ts'

interface ChatFixtures {
  /** The page of the chat, and what a user does on it. */
  chat: ChatRoom
}

interface ModelFixtures {
  /** A language model that says what the test has written down for it. */
  model: OpenAiChatServer
  /** The product with that model behind its chat. */
  modelServer: AppServer
}

const chatFixture = {
  // The studio is asked for because it stops what a test has left under way.
  chat: async (
    { studio }: { studio: { page: ChatRoom['page'] } },
    use: (chat: ChatRoom) => Promise<void>,
  ) => use(new ChatRoom(studio.page)),
}

/** The chat with the rule-based director, which every installation without a key has. */
export const chatTest = test.extend<ChatFixtures>(chatFixture)

/** The same, for tests that kill: each has a server of its own. */
export const ownChatTest = ownTest.extend<ChatFixtures>(chatFixture)

/** The chat with a language model at an OpenAI-compatible endpoint. */
export const modelTest = chatTest.extend<object, ModelFixtures>({
  model: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern.
    async ({}, use) => {
      const model = await startOpenAiChatServer()
      await use(model)
      await model.close()
    },
    { scope: 'worker' },
  ],

  modelServer: [
    async ({ model }, use) => {
      const server = await AppServer.start(undefined, variablesFor(model))
      await use(server)
      await server.dispose()
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  server: [({ modelServer }, use) => use(modelServer), { scope: 'worker' }],
})

/** What tells the product to ask this model. */
export function variablesFor({ baseUrl }: OpenAiChatServer) {
  return { CHAT_BASE_URL: baseUrl, CHAT_API_KEY: 'sk-of-a-test', CHAT_MODEL: 'test-model' }
}

/** A model's call for a video that is made as fast as one can be. */
export function callFor(prompt: string, more: object = {}): ScriptedCall {
  return {
    name: 'generateVideo',
    arguments: { prompt, aspectRatio: 'square', seconds: 2, resolution: '480p', ...more },
  }
}
