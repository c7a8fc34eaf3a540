import { convertToModelMessages, isStepCount, streamText, toUIMessageStream } from 'ai'
import type { ChatChunk, ChatMessage } from '#lib/contract/chat-message'
import type { ChatDeps } from '../deps.ts'
import { chatImages } from '../store/chat-images.ts'
import { systemPrompt } from '../system-prompt.ts'
import { approval } from '../tools/approval.ts'
import type { chatTools } from '../tools/chat-tools.ts'
import type { ToolContext } from '../tools/tool-context.ts'
import { errorSentence } from './error-sentence.ts'
import { toldOfImages } from './told-of-images.ts'

// A model that is silent this long has died without saying so.
const timeout = { totalMs: 600_000, firstChunkMs: 90_000, chunkMs: 60_000 }

interface StreamOptions {
  /** The conversation, the answer's kept parts last. */
  messages: ChatMessage[]
  tools: ReturnType<typeof chatTools>
  context: ToolContext
  deps: ChatDeps
  signal: AbortSignal
}

/** Asks the model and its tools, step by step, for the rest of the answer, as the chunks of a UI message stream. */
export async function streamAnswer({ messages, tools, context, deps, signal }: StreamOptions) {
  const { userId, chatId } = context.lease
  const told = toldOfImages(messages, await chatImages(userId, chatId))
  const modelMessages = await convertToModelMessages(told, {
    tools,
    ignoreIncompleteToolCalls: true,
  })
  const result = streamText({
    model: deps.model.model,
    instructions: systemPrompt,
    messages: modelMessages,
    tools,
    toolApproval: { generateVideo: (input) => approval(context, input) },
    stopWhen: isStepCount(deps.stepsAtMost),
    abortSignal: signal,
    timeout,
    // Told by the stream's own error part.
    onError: () => {},
  })
  return toUIMessageStream<typeof tools, ChatMessage>({
    stream: result.stream,
    originalMessages: messages,
    onError: errorSentence,
    sendStart: false,
  }) as ReadableStream<ChatChunk>
}
