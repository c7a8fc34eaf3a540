import { readUIMessageStream } from 'ai'
import type { ChatChunk, ChatMessage } from '#lib/contract/chat-message'
import type { AnswerSaver } from './answer-saver.ts'
import { errorSentence } from './error-sentence.ts'
import type { LiveAnswer } from './live-answer.ts'

/** How an answer came to its end. */
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
  const hear = async (chunk: ChatChunk) => {
    if (chunk.type === 'abort') end.isAborted = true
    if (chunk.type === 'error') end.error = chunk.errorText
    live.push(chunk)
    // The readers get theirs also where no message can be built of it.
    await writer.write(chunk).catch(() => {})
  }
  try {
    for await (const chunk of chunks) {
      if (isUnfinished(chunk) && !end.error) await hear({ type: 'error', errorText: brokenOff })
      await hear(chunk)
    }
  } catch (error) {
    await hear(
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
