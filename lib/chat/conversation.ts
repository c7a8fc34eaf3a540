import { setTimeout as sleep } from 'node:timers/promises'
import type { ChatChunk } from '#lib/contract/chat'
import type { Caller } from '#lib/contract/people/caller'
import { type ReadOptions, liveAnswers } from './answer/live-answer.ts'
import { beginAnswer } from './answer/run-answer.ts'
import { followStored } from './answer/stored-answer.ts'
import { type ChatIntent, readChatRequest } from './chat-request.ts'
import { assertKey } from './core.ts'
import { type ChatDeps, depsFor, productionDeps } from './deps.ts'
import { claimAnswer, closeDeadAnswer, requestStop } from './store/answer-lease.ts'
import { chatNotFound, findChat } from './store/chats.ts'
import { allMessages } from './store/messages.ts'
import { openTurn } from './store/open-turn.ts'

// An answer that this many processes died with is closed.
const attemptsAtMost = 5

// A running tool call is not interrupted; by then it is over, or goes on in the background.
const stopPatienceMs = 3_000

/**
 * Stores a message of the user, or a click on an approval, and begins its answer. Once this resolves, the answer is
 * written to its end whether or not the stream is read. Throws `AppError` before anything has begun. The same idempotency
 * key and body resolve to the same answer.
 */
export async function sendMessage(
  caller: Caller,
  body: unknown,
  deps: ChatDeps = productionDeps(),
  key: string | null = null,
): Promise<ReadableStream<ChatChunk>> {
  const { ownerId } = caller
  if (key !== null) assertKey(key)
  const intent = await readChatRequest(ownerId, body)
  const { messagesAMinute } = deps
  const now = deps.now()
  const turn = await openTurn({
    caller,
    intent,
    model: depsFor(caller, deps).model.label,
    messagesAMinute,
    now,
    key,
  })
  if ('isRepeated' in turn) return answerTo(ownerId, intent, deps)
  // A decision comes from a page that shows the answer so far, and would show it twice.
  const options = { hasOld: intent.kind === 'decisions' }
  if ('answer' in turn) return beginAnswer(turn.answer, deps).read(options)
  return (await resumeAnswer(ownerId, intent.chatId, deps, options)) ?? emptyStream()
}

/** The answer a turn has had, or is having; nothing where it was dropped since. */
async function answerTo(
  ownerId: string,
  { chatId, messageId }: ChatIntent,
  deps: ChatDeps,
): Promise<ReadableStream<ChatChunk>> {
  const chat = await findChat(ownerId, chatId)
  if (!chat) return emptyStream()
  const messages = await allMessages(chat.id)
  const at = messages.findIndex(({ id }) => id === messageId)
  const answer = at < 0 ? undefined : messages.slice(at).find(({ role }) => role === 'assistant')
  if (!answer) return emptyStream()
  const takeUp = () => resumeAnswer(ownerId, chatId, deps)
  const isLive = chat.answerId === answer.id
  const stored = { chat, answerId: answer.id, deps, takeUp }
  return (isLive ? await takeUp() : undefined) ?? followStored(stored)
}

/** The answer was finished between two reads; its reader finds it by loading the chat. */
function emptyStream() {
  return new ReadableStream<ChatChunk>({ start: (controller) => controller.close() })
}

/**
 * The answer in progress, from its beginning; undefined where there is none. An answer whose process has died goes on
 * here, in the same message and with the same idempotency keys.
 */
export async function resumeAnswer(
  ownerId: string,
  chatId: string,
  deps: ChatDeps = productionDeps(),
  options: ReadOptions = {},
): Promise<ReadableStream<ChatChunk> | undefined> {
  const chat = await findChat(ownerId, chatId)
  if (!chat) throw chatNotFound()
  if (chat.answerId === null) return undefined
  const live = liveAnswers().get(chat.id)
  if (live?.answerId === chat.answerId) return live.read(options)
  const claimed = await claimAnswer(ownerId, chat.id)
  if (!claimed) {
    const takeUp = () => resumeAnswer(ownerId, chatId, deps, options)
    return followStored({ chat, answerId: chat.answerId, deps, takeUp })
  }
  if (claimed.attempts <= attemptsAtMost) return beginAnswer(claimed, deps).read(options)
  await closeDeadAnswer(chat)
  return undefined
}

/**
 * Stops the answer in progress, in whatever process it is written; what there is of it stays. Resolves once the chat
 * is free for the next message, or nearly so. Does nothing where no answer is in progress.
 */
export async function stopAnswer(ownerId: string, chatId: string): Promise<void> {
  const chat = await findChat(ownerId, chatId)
  if (!chat) throw chatNotFound()
  if (chat.answerId === null) return
  const live = liveAnswers().get(chat.id)
  if (live?.answerId === chat.answerId) {
    live.stop()
    await Promise.race([live.done, sleep(stopPatienceMs, undefined, { ref: false })])
    return
  }
  if (!(await requestStop(chat.id))) await closeDeadAnswer(chat)
}
