import { afterAll, beforeAll } from 'vitest'
import { startQueue, stopQueue } from '#lib/jobs/queue'
import { startOpenAiChatServer } from '../../emulators/openai-chat-server.ts'
import { withTestDatabase } from './test-database.ts'

/** A database and its queue for the tests of a file, and a server that speaks as a language model would. */
export async function withChatServer() {
  withTestDatabase()
  const server = await startOpenAiChatServer()
  beforeAll(startQueue)
  afterAll(async () => {
    await stopQueue(1_000)
    await server.close()
  })
  return server
}
