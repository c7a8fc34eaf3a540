import type { ChatMessage, ChatMetadata } from '#lib/contract/chat'
import { database } from '../../db/client.ts'
import { log } from '../../log.ts'
import { isWaiting, settle } from '../answer-parts.ts'
import { type ChatDeps, depsFor } from '../deps.ts'
import { spokenLanguage } from '../director/request.ts'
import {
  type AnswerLease,
  abandonAnswer,
  finishAnswer,
  leaseMs,
  renewAnswer,
} from '../store/answer-lease.ts'
import { lastMessages, withoutPlace } from '../store/messages.ts'
import { chatTools } from '../tools/chat-tools.ts'
import { toolContextOf } from '../tools/tool-context.ts'
import { AnswerSaver } from './answer-saver.ts'
import { LiveAnswer, liveAnswers } from './live-answer.ts'
import { type AnswerEnd, errorChunk, problemOf, pumpAnswer } from './pump-answer.ts'
import { chunksOf } from './stored-answer.ts'
import { streamAnswer } from './stream-answer.ts'
import { finishCalls, keptParts } from './take-up.ts'

// What a model is told of the conversation; older messages are found with its tools, or not at all.
const messagesAtMost = 40

/** Begins to write an answer. It goes on whether or not the live answer is read. */
export function beginAnswer(lease: AnswerLease, deps: ChatDeps): LiveAnswer {
  const live = new LiveAnswer(lease.answerId)
  const answers = liveAnswers()
  answers.set(lease.chatId, live)
  void runAnswer(lease, live, depsFor(lease.caller, deps)).finally(() => {
    if (answers.get(lease.chatId) === live) answers.delete(lease.chatId)
  })
  return live
}

/**
 * Writes one answer to its end: to the live answer chunk by chunk, and into the database as it grows. Never throws:
 * where it fails, the answer says so; where the process ends, the next reader resumes it.
 */
async function runAnswer(lease: AnswerLease, live: LiveAnswer, deps: ChatDeps) {
  const kept = keepLease(lease, live, deps)
  try {
    await write(lease, live, deps, kept)
  } catch (error) {
    log().error({ err: error, chatId: lease.chatId }, 'an answer was left to the next reader')
    live.push(errorChunk(problemOf(error).sentence))
    await abandonAnswer(lease).catch(() => {})
  } finally {
    kept.end()
    live.end()
  }
}

async function write(lease: AnswerLease, live: LiveAnswer, deps: ChatDeps, kept: KeptLease) {
  const { history, answer, questionId, locale } = await readTurn(lease)
  const parts = keptParts(answer.parts)
  live.push({ type: 'start', messageId: answer.id, messageMetadata: answer.metadata })
  for (const chunk of chunksOf(parts)) live.push(chunk, { isOld: true })

  const saver = new AnswerSaver(lease, { ...answer, parts }, deps.saveEveryMs, kept.lose)
  const recorded = (toolCallId: string) => saver.recorded(toolCallId)
  const context = toolContextOf({ lease, questionId, locale, deps, kept: parts, recorded })
  const tools = chatTools(context)
  const settled = await finishCalls(parts, tools, context, (chunk) => live.push(chunk))
  const begun = { ...answer, parts: settled }
  if (settled.length > 0) saver.update(begun)
  if (settled.some(isWaiting)) {
    live.push({ type: 'finish', finishReason: 'tool-calls' })
    await finishAnswer(lease, begun, deps.now())
    return
  }

  const messages = [...history, ...(settled.length > 0 ? [begun] : [])]
  const chunks = await streamAnswer({ messages, tools, context, deps, signal: kept.signal })
  const { problems } = context
  const { signal } = kept
  const end = await pumpAnswer(chunks, { message: begun, live, saver, problems, signal })
  await saver.flush()
  if (kept.isLost() && !live.stopSignal.aborted) return abandonAnswer(lease)
  await finishAnswer(lease, finalMessage(saver.latest, end), deps.now())
}

async function readTurn({ chatId, answerId }: AnswerLease) {
  const last = await lastMessages(database(), chatId, messagesAtMost)
  const messages = last.map(withoutPlace)
  const answer = messages.at(-1)
  const history = messages.slice(0, -1)
  const question = history.findLast(({ role }) => role === 'user')
  if (!question || answer?.id !== answerId) throw new Error('the answer is not the last message')
  return { history, answer, questionId: question.id, locale: localeOf(history) }
}

/** The language of what the user has written last, which is the director's too. */
function localeOf(history: ChatMessage[]) {
  const said = history.filter(({ role }) => role === 'user').map(wordsOf)
  return spokenLanguage(said.toReversed())
}

function wordsOf({ parts }: ChatMessage) {
  return parts.map((part) => (part.type === 'text' ? part.text : '')).join(' ')
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

interface KeptLease {
  /** Aborted where the rest is not wanted, the lease was lost, or this process ends. */
  signal: AbortSignal
  /** Whether the answer may not go on here although it is wanted. */
  isLost(): boolean
  lose(): void
  end(): void
}

/** Renews the lease while an answer is written, and learns there of a stop requested in another process. */
function keepLease(lease: AnswerLease, live: LiveAnswer, deps: ChatDeps): KeptLease {
  const lost = new AbortController()
  const lose = () => lost.abort(new Error('the lease was lost'))
  const renew = async () => {
    const { isHeld, isStopped } = await renewAnswer(lease)
    if (!isHeld) lose()
    if (isStopped) live.stop()
  }
  const timer = setInterval(() => {
    renew().catch((error: unknown) =>
      log().warn({ err: error, chatId: lease.chatId }, 'the lease was not renewed'),
    )
  }, leaseMs / 3)
  timer.unref()
  return {
    signal: AbortSignal.any([live.stopSignal, lost.signal, deps.signal]),
    isLost: () => lost.signal.aborted || deps.signal.aborted,
    lose,
    end: () => clearInterval(timer),
  }
}
