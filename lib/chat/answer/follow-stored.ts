import { setTimeout as sleep } from 'node:timers/promises'
import type { ChatChunk } from '#lib/contract/chat-message'
import type { ChatDeps } from '../deps.ts'
import { isWriting } from '../store/answer-lease.ts'
import { findChat } from '../store/find-chat.ts'
import { allMessages } from '../store/messages.ts'
import { chunksOf } from './chunks-of.ts'

interface FollowOptions {
  userId: string
  chatId: string
  answerId: string
  deps: Pick<ChatDeps, 'saveEveryMs' | 'signal' | 'now'>
  /** Takes the answer up where its process has died; its stream, or undefined where it is over. */
  takeUp(): Promise<ReadableStream<ChatChunk> | undefined>
}

/**
 * An answer that another process is writing, read from the database: nothing until it is done, then all of it. Where
 * that process has died meanwhile, the answer goes on here.
 */
export function followStored(options: FollowOptions): ReadableStream<ChatChunk> {
  const left = new AbortController()
  return new ReadableStream<ChatChunk>({
    async start(controller) {
      for await (const chunk of follow(options, left.signal)) controller.enqueue(chunk)
      if (!left.signal.aborted) controller.close()
    },
    cancel: () => left.abort(),
  })
}

async function* follow(options: FollowOptions, left: AbortSignal): AsyncGenerator<ChatChunk> {
  const { userId, chatId, answerId, deps } = options
  const signal = AbortSignal.any([left, deps.signal])
  while (!signal.aborted) {
    const chat = await findChat(userId, chatId)
    if (chat?.answerId !== answerId) {
      yield* await storedChunks(chatId, answerId)
      return
    }
    if (!isWriting(chat, deps.now())) {
      yield* readUntil(await options.takeUp(), left)
      return
    }
    await sleep(deps.saveEveryMs, undefined, { signal }).catch(() => {})
  }
}

async function* readUntil(stream: ReadableStream<ChatChunk> | undefined, left: AbortSignal) {
  for await (const chunk of stream ?? []) {
    if (left.aborted) return
    yield chunk
  }
}

async function storedChunks(chatId: string, answerId: string): Promise<ChatChunk[]> {
  const message = (await allMessages(chatId)).find(({ id }) => id === answerId)
  if (!message) return []
  const { id, metadata, parts } = message
  const start: ChatChunk = {
    type: 'start',
    messageId: id,
    ...(metadata && { messageMetadata: metadata }),
  }
  return [start, ...chunksOf(parts), { type: 'finish' }]
}
