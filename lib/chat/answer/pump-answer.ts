import { APICallError, InvalidToolInputError, NoSuchToolError, readUIMessageStream } from 'ai'
import { z } from 'zod'
import type { AnswerEnding, ChatChunk, ChatMessage } from '#lib/contract/chat'
import { isBlank } from '#lib/contract/text/plain-text'
import { withoutReasoning } from '#lib/contract/text/reasoning'
import { type MessageRef, type Sentence, message as messageRef } from '#lib/messages/message'
import { inEnglish } from '#lib/messages/translate'
import { log } from '../../log.ts'
import { type Problems, ToolProblem } from '../tools/tool-context.ts'
import type { AnswerSaver } from './answer-saver.ts'
import type { LiveAnswer } from './live-answer.ts'

/** How an answer ended. */
export interface AnswerEnd {
  isAborted: boolean
  /** Why it broke off. */
  error: Sentence | undefined
}

const brokenOff = messageRef('chat.problem.brokeOff')
/** Why a call was not carried out that names no tool of ours, or is malformed. */
export const badCall = messageRef('chat.problem.badCall')

interface PumpOptions {
  message: ChatMessage
  live: LiveAnswer
  saver: AnswerSaver
  problems: Problems
  signal: AbortSignal
}

/**
 * Hands every chunk to the readers, and to the message that is written down, until the model is done. A model that
 * dies ends the answer with an error part, whichever way it died.
 */
export async function pumpAnswer(
  chunks: ReadableStream<ChatChunk>,
  { message, live, saver, problems, signal }: PumpOptions,
): Promise<AnswerEnd> {
  const end: AnswerEnd = { isAborted: false, error: undefined }
  const { readable, writable } = new TransformStream<ChatChunk, ChatChunk>()
  const writer = writable.getWriter()
  const building = build(message, readable, saver)
  const heard = new Set(message.parts.map(({ type }) => kindOf(type)))
  let said = ''
  const take = async (chunk: ChatChunk) => {
    if (chunk.type === 'text-delta') said += chunk.delta
    else heard.add(kindOf(chunk.type))
    if (chunk.type === 'abort') end.isAborted = true
    if (chunk.type === 'error') end.error = problems.answer ?? brokenOff
    live.push(chunk)
    // Readers get the chunk even where no message can be built of it.
    await writer.write(chunk).catch(() => {})
  }
  try {
    for await (const chunk of chunks) {
      if (isUnfinished(chunk) && !end.error) await take(errorChunk(brokenOff))
      if (chunk.type === 'finish' && !isBlank(withoutReasoning(said))) heard.add('words')
      const ending = end.error || end.isAborted ? undefined : endingOf(chunk, heard)
      if (ending)
        await take({
          type: 'message-metadata',
          messageMetadata: { ...message.metadata!, ending },
        })
      await take(chunk)
    }
  } catch (error) {
    const { sentence } = problemOf(error)
    problems.answer = sentence
    await take(signal.aborted ? { type: 'abort' } : errorChunk(sentence))
  }
  await writer.close().catch(() => {})
  await building
  return end
}

async function build(message: ChatMessage, stream: ReadableStream<ChatChunk>, saver: AnswerSaver) {
  for await (const snapshot of readUIMessageStream<ChatMessage>({ message, stream }))
    saver.update(snapshot)
}

/** A stream that ended before the model said that it was done. */
function isUnfinished(chunk: ChatChunk) {
  return (
    chunk.type === 'finish' &&
    (chunk.finishReason === 'interrupted' || chunk.finishReason === 'error')
  )
}

type Kind = 'words' | 'call' | 'question' | 'other'

function kindOf(type: string): Kind {
  if (type === 'text') return 'words'
  if (type === 'tool-approval-request') return 'question'
  return type.startsWith('tool-') ? 'call' : 'other'
}

/** How an answer ended that is not whole; undefined for one that is. */
function endingOf(chunk: ChatChunk, heard: ReadonlySet<Kind>): AnswerEnding | undefined {
  if (chunk.type !== 'finish' || isUnfinished(chunk)) return undefined
  const { finishReason } = chunk
  if (finishReason === 'length') return 'cut_off'
  if (finishReason === 'content-filter') return 'filtered'
  if (!heard.has('words') && !heard.has('call')) return 'empty'
  // Its calls are answered, and it may take no further step.
  if (finishReason === 'tool-calls') return heard.has('question') ? undefined : 'cut_off'
  return finishReason === 'other' ? 'unclear' : undefined
}

/** An error in the stream. A page reads the answer again then, and has it in its own language. */
export function errorChunk(sentence: Sentence): ChatChunk {
  return { type: 'error', errorText: inEnglish(sentence) }
}

/** What the user reads where an answer or one of its tools fails; never a text from upstream. */
export function problemOf(error: unknown): { sentence: Sentence; isOfCall: boolean } {
  if (error instanceof ToolProblem) return { sentence: error.sentence, isOfCall: true }
  if (InvalidToolInputError.isInstance(error) || NoSuchToolError.isInstance(error))
    return { sentence: badCall, isOfCall: true }
  const { status, code } = upstreamOf(error)
  log().warn({ err: error, status, code }, 'an answer broke off')
  const sentence = problemsByCode.get(code) ?? problemsByStatus.get(status) ?? brokenOff
  return { sentence, isOfCall: false }
}

const refusedKey = messageRef('chat.problem.keyRefused')
const tooLong = messageRef('chat.problem.chatTooLong')
const noCredit = messageRef('chat.problem.noCredit')

const problemsByStatus = new Map<number | undefined, MessageRef>([
  [401, refusedKey],
  [402, noCredit],
  [403, refusedKey],
  [404, messageRef('chat.problem.noModel')],
  [413, tooLong],
  [429, messageRef('chat.problem.overloaded')],
])

/** Some refuse with a code before a word of the answer, and not with the reason it ends. */
const problemsByCode = new Map<string | undefined, MessageRef>([
  ['content_filter', messageRef('chat.answer.ending_filtered')],
  ['context_length_exceeded', tooLong],
  ['insufficient_quota', noCredit],
])

/** The HTTP status and the code behind an error, also where it was tried more than once. */
function upstreamOf(error: unknown): { status?: number; code?: string } {
  if (!(error instanceof Error)) return {}
  if (APICallError.isInstance(error)) {
    const { statusCode: status, data } = error
    const told = z.object({ error: z.object({ code: z.string() }) }).safeParse(data)
    return { ...(status && { status }), ...(told.success && { code: told.data.error.code }) }
  }
  return upstreamOf('lastError' in error ? error.lastError : error.cause)
}
