import type { ScriptedCall } from '../../emulators/openai-chat-server.ts'
import { ChatRoom } from './pages/chat-room.ts'
import { test } from './test.ts'

interface ChatFixtures {
  /** The page of the chat, and what a user does on it. */
  chat: ChatRoom
}

const chatFixture = {
  // The studio is asked for because it stops what a test has left under way.
  chat: async (
    { studio }: { studio: Pick<ChatRoom, 'page' | 'words'> },
    use: (chat: ChatRoom) => Promise<void>,
  ) => use(new ChatRoom(studio.page, studio.words)),
}

/** The chat with the rule-based director, which every installation without a key has. */
export const chatTest = test.extend<ChatFixtures>(chatFixture)

/** The chat with a language model at an OpenAI-compatible endpoint. */
export const modelTest = chatTest.extend({
  server: ({ modelServer }, use) => use(modelServer),
})

/** A model's call for a video that is made as fast as one can be. */
export function callFor(prompt: string, more: object = {}): ScriptedCall {
  return {
    name: 'generateVideo',
    arguments: { prompt, aspectRatio: 'square', seconds: 2, resolution: '480p', ...more },
  }
}
