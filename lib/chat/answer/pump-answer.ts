import { APICallError, InvalidToolInputError, NoSuchToolError, readUIMessageStream } from 'ai'
import { z } from 'zod'
import type { AnswerEnding, ChatChunk, ChatMessage } from '#lib/contract/chat'
import { isBlank } from '#lib/contract/text/plain-text'
import { withoutReasoning } from '#lib/contract/text/reasoning'
import { log } from '../../log.ts'
import { ToolProblem } from '../tools/tool-context.ts'
import type { AnswerSaver } from './answer-saver.ts'
import type { LiveAnswer } from './live-answer.ts'

/** How an answer ended. */
export interface AnswerEnd {
  isAborted: boolean
  /** Why it broke off, as a plain sentence. */
  error: string | undefined
}

const brokenOff = 'The assistant broke off. Nothing is lost; try again in a moment.'

/**
 * Hands every chunk to the readers, and to the message that is written down, until the model is done. A model that
 * dies ends the answer with an error part, whichever way it died.
 */
export async function pumpAnswer(
  chunks: ReadableStream<ChatChunk>,
  message: ChatMessage,
  live: LiveAnswer,
  saver: AnswerSaver,
  signal: AbortSignal,
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
    if (chunk.type === 'error') end.error = chunk.errorText
    live.push(chunk)
    // Readers get the chunk even where no message can be built of it.
    await writer.write(chunk).catch(() => {})
  }
  try {
    for await (const chunk of chunks) {
      if (isUnfinished(chunk) && !end.error) await take({ type: 'error', errorText: brokenOff })
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
    await take(
      signal.aborted ? { type: 'abort' } : { type: 'error', errorText: errorSentence(error) },
    )
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

/** What the user reads where an answer or one of its tools fails: a plain sentence, never a text from upstream. */
export function errorSentence(error: unknown): string {
  if (error instanceof ToolProblem) return error.message
  if (InvalidToolInputError.isInstance(error) || NoSuchToolError.isInstance(error))
    return 'The assistant asked for something in a way that cannot be carried out.'
  const { status, code } = upstreamOf(error)
  log().warn({ err: error, status, code }, 'an answer broke off')
  return sentencesByCode.get(code) ?? sentencesByStatus.get(status) ?? brokenOff
}

const refusedKey = 'The assistant refuses our key. The operator of this service has to check it.'
const tooLong = 'This chat has become too long for the model of the assistant. Begin a new chat.'

const noCredit =
  'The account of the assistant has no credit left. The operator of this service has to top it up.'

const sentencesByStatus = new Map<number | undefined, string>([
  [401, refusedKey],
  [402, noCredit],
  [403, refusedKey],
  [404, 'The assistant does not know its model. The operator of this service has to check it.'],
  [413, tooLong],
  [429, 'The assistant is asked too much right now. Wait a minute, then try again.'],
])

/** Some refuse with a code before a word of the answer, and not with the reason it ends. */
const sentencesByCode = new Map<string | undefined, string>([
  ['content_filter', 'Refused by the content filter of the model. Ask in other words.'],
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
