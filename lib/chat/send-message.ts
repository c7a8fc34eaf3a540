import type { ChatChunk } from '#lib/contract/chat-message'
import { beginAnswer } from './answer/begin-answer.ts'
import { type ChatDeps, productionDeps } from './deps.ts'
import { readChatRequest } from './read-chat-request.ts'
import { resumeAnswer } from './resume-answer.ts'
import { openTurn } from './store/open-turn.ts'

/**
 * Puts a message of the user, or a click on an approval, on record and begins its answer: once this resolves, the
 * answer is written to its end whether or not anybody reads the stream. Throws `AppError` before anything has begun.
 */
export async function sendMessage(
  userId: string,
  body: unknown,
  deps: ChatDeps = productionDeps(),
): Promise<ReadableStream<ChatChunk>> {
  const intent = await readChatRequest(userId, body)
  const { messagesAMinute } = deps
  const now = deps.now()
  const turn = await openTurn({ userId, intent, model: deps.model.label, messagesAMinute, now })
  // Whoever decides about a call has the answer so far on the screen, and would show it twice.
  const options = { hasOld: intent.kind === 'decisions' }
  if ('answer' in turn) return beginAnswer(turn.answer, deps).read(options)
  return (await resumeAnswer(userId, turn.writing.chatId, deps, options)) ?? emptyStream()
}

/** The answer was finished between two looks; its reader finds it by loading the chat. */
function emptyStream() {
  return new ReadableStream<ChatChunk>({ start: (controller) => controller.close() })
}
