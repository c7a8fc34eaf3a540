import { DefaultChatTransport } from 'ai'
import { withBasePath } from '#lib/contract/calls/base-path'
import { callApi } from '#lib/contract/calls/call-api'
import type { ChatMessage, ChatRequest } from '#lib/contract/chat'
import { isNothing, ProblemError, readAnswer } from '#lib/contract/problem'
import { ChatRefusal } from './chat-api.ts'
import { withOwnSession } from '../own-session.ts'

/**
 * How messages travel: only the last one is sent, the server has the rest. What is refused, or never gets there,
 * rejects with `ChatRefusal`; a stream that breaks in the middle rejects with whatever broke it.
 */
export const chatTransport = new DefaultChatTransport<ChatMessage>({
  api: withBasePath('/api/chat'),
  fetch: fetchAnswer,
  prepareSendMessagesRequest: ({ id, messages, trigger, messageId }) => {
    const body: ChatRequest = { chatId: id, message: messages.at(-1)!, trigger, messageId }
    return { body }
  },
})

async function fetchAnswer(url: RequestInfo | URL, init?: RequestInit) {
  const send = () => callApi(url, init)
  // Following an answer writes nothing, and a browser that can do so has a session.
  const isWrite = init?.method === 'POST'
  const sent = isWrite ? withOwnSession(send) : send()
  const response = await sent.catch((error: unknown) => {
    throw error instanceof ProblemError ? new ChatRefusal(error.problem) : error
  })
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
  return response.status === 204 || (response.ok && isStream) ? response : refuse(response)
}

async function refuse(response: Response): Promise<never> {
  const retryAfterSeconds = Number(response.headers.get('retry-after')) || 0
  try {
    return await readAnswer(response, isNothing)
  } catch (error) {
    if (error instanceof ProblemError) throw new ChatRefusal(error.problem, retryAfterSeconds)
    throw error
  }
}
