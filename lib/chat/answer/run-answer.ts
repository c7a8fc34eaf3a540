import type { ChatMessage, ChatMetadata } from '#lib/contract/chat-message'
import { log } from '../../log.ts'
import type { ChatDeps } from '../deps.ts'
import { settle } from '../settle.ts'
import { type AnswerLease, abandonAnswer } from '../store/answer-lease.ts'
import { lastMessages, withoutPlace } from '../store/messages.ts'
import { finishAnswer } from '../store/save-answer.ts'
import { database } from '../../db/client.ts'
import { chatTools } from '../tools/chat-tools.ts'
import { AnswerSaver } from './answer-saver.ts'
import { chunksOf } from './chunks-of.ts'
import { errorSentence } from './error-sentence.ts'
import { finishPendingCalls } from './finish-pending-calls.ts'
import { type KeptAnswer, keepAnswer } from './keep-answer.ts'
import { keptParts } from './kept-parts.ts'
import type { LiveAnswer } from './live-answer.ts'
import { type AnswerEnd, pumpAnswer } from './pump-answer.ts'
import { streamAnswer } from './stream-answer.ts'
import { toolContextOf } from './tool-context-of.ts'

// What a model is told of the conversation; older messages are found with its tools, or not at all.
const messagesAtMost = 40

/**
 * Writes one answer to its end, whoever reads along: to the live answer chunk by chunk, and into the database as it
 * grows. Never throws: where it fails, the answer says so; where the process ends, it is left to the next one.
 */
export async function runAnswer(lease: AnswerLease, live: LiveAnswer, deps: ChatDeps) {
  const kept = keepAnswer(lease, live, deps)
  try {
    await write(lease, live, deps, kept)
  } catch (error) {
    log().error({ err: error, chatId: lease.chatId }, 'an answer was left to the next look')
    live.push({ type: 'error', errorText: errorSentence(error) })
    await abandonAnswer(lease, deps.now()).catch(() => {})
  } finally {
    kept.stop()
    live.end()
  }
}

async function write(lease: AnswerLease, live: LiveAnswer, deps: ChatDeps, kept: KeptAnswer) {
  const { history, answer, questionId } = await readTurn(lease)
  const parts = keptParts(answer.parts)
  live.push({ type: 'start', messageId: answer.id, messageMetadata: answer.metadata })
  for (const chunk of chunksOf(parts)) live.push(chunk, { isOld: true })

  const saver = new AnswerSaver(lease, { ...answer, parts }, deps.saveEveryMs, kept.lose)
  const recorded = (toolCallId: string) => saver.recorded(toolCallId)
  const context = toolContextOf({ lease, questionId, deps, kept: parts, recorded })
  const tools = chatTools(context)
  const settled = await finishPendingCalls(parts, tools, (chunk) => live.push(chunk))
  const begun = { ...answer, parts: settled }
  if (settled.length > 0) saver.update(begun)

  const messages = [...history, ...(settled.length > 0 ? [begun] : [])]
  const chunks = await streamAnswer({ messages, tools, context, deps, signal: kept.signal })
  const end = await pumpAnswer(chunks, begun, live, saver, kept.signal)
  await saver.flush()
  if (kept.isLost() && !live.stopSignal.aborted) return abandonAnswer(lease, deps.now())
  await finishAnswer(lease, finalMessage(saver.latest, end), deps.now())
}

async function readTurn({ chatId, answerId }: AnswerLease) {
  const last = await lastMessages(database(), chatId, messagesAtMost)
  const messages = last.map(withoutPlace)
  const answer = messages.at(-1)
  const history = messages.slice(0, -1)
  const question = history.findLast(({ role }) => role === 'user')
  if (!question || answer?.id !== answerId) throw new Error('the answer is not the last message')
  return { history, answer, questionId: question.id }
}

function finalMessage(message: ChatMessage, { isAborted, error }: AnswerEnd): ChatMessage {
  if (!isAborted && error === undefined) return message
  const metadata: ChatMetadata = {
    ...message.metadata!,
    isInterrupted: true,
    ...(error !== undefined && { error }),
  }
  return { ...message, metadata, parts: settle(message.parts) }
}
