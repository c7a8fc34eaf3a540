import { setTimeout as sleep } from 'node:timers/promises'
import type { ChatChunk, ChatMessage } from '#lib/contract/chat'
import type { ChatRow } from '../../db/chat-schema.ts'
import type { ChatDeps } from '../deps.ts'
import { findChat } from '../store/chats.ts'
import { allMessages } from '../store/messages.ts'

interface FollowOptions {
  chat: Pick<ChatRow, 'id' | 'ownerId' | 'publicId'>
  answerId: string
  deps: Pick<ChatDeps, 'saveEveryMs' | 'signal'>
  /** Resumes the answer where its process has died; its stream, or undefined where it is over. */
  takeUp(): Promise<ReadableStream<ChatChunk> | undefined>
}

/**
 * An answer that another process is writing, read from the database: nothing until it is done, then all of it. Where
 * that process dies, the answer goes on here.
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
  const { chat, answerId, deps } = options
  const signal = AbortSignal.any([left, deps.signal])
  while (!signal.aborted) {
    const now = await findChat(chat.ownerId, chat.publicId)
    if (now?.answerId !== answerId) {
      yield* await storedChunks(chat.id, answerId)
      return
    }
    if (!now.isLeased) {
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

type Part = ChatMessage['parts'][number]
type ToolPart = Extract<Part, { toolCallId: string }>

/** The chunks that make a reader rebuild these parts: a stored answer as if it were streamed. */
export function chunksOf(parts: ChatMessage['parts']): ChatChunk[] {
  const chunks: ChatChunk[] = []
  let isInStep = false
  for (const [index, part] of parts.entries()) {
    if (part.type === 'step-start') {
      if (isInStep) chunks.push({ type: 'finish-step' })
      isInStep = true
      chunks.push({ type: 'start-step' })
    } else if ('toolCallId' in part) chunks.push(...toolChunks(part))
    else chunks.push(...textChunks(part, `stored-${index}`))
  }
  if (isInStep) chunks.push({ type: 'finish-step' })
  return chunks
}

function textChunks(part: Part, id: string): ChatChunk[] {
  if (part.type !== 'text' && part.type !== 'reasoning') return []
  const { providerMetadata } = part
  return [
    { type: `${part.type}-start`, id, ...(providerMetadata && { providerMetadata }) },
    { type: `${part.type}-delta`, id, delta: part.text },
    { type: `${part.type}-end`, id },
  ]
}

function toolChunks(part: ToolPart): ChatChunk[] {
  if (part.state === 'input-streaming') return []
  const { toolCallId } = part
  const toolName = part.type === 'dynamic-tool' ? part.toolName : part.type.slice('tool-'.length)
  const dynamic = part.type === 'dynamic-tool' ? true : undefined
  const asked = { toolCallId, toolName, input: part.input, ...(dynamic && { dynamic }) }
  if (part.state === 'output-error' && part.input === undefined)
    return [{ type: 'tool-input-error', ...asked, ...failure(part) }]
  return [{ type: 'tool-input-available', ...asked }, ...approvalChunks(part), ...outcome(part)]
}

function failure({
  errorText,
  resultProviderMetadata: kept,
}: ToolPart & { state: 'output-error' }) {
  return { errorText, ...(kept && { providerMetadata: kept }) }
}

function approvalChunks({ toolCallId, approval }: ToolPart): ChatChunk[] {
  if (!approval) return []
  const { id: approvalId, approved, requestReason, descriptor } = approval
  const request: ChatChunk = {
    type: 'tool-approval-request',
    approvalId,
    toolCallId,
    ...(requestReason && { reason: requestReason }),
    ...(descriptor != null && { approvalDescriptor: descriptor }),
  }
  if (approved === undefined) return [request]
  return [request, { type: 'tool-approval-response', approvalId, approved }]
}

function outcome(part: ToolPart): ChatChunk[] {
  const { toolCallId } = part
  if (part.state === 'output-available')
    return [{ type: 'tool-output-available', toolCallId, output: part.output }]
  if (part.state === 'output-error')
    return [{ type: 'tool-output-error', toolCallId, ...failure(part) }]
  if (part.state === 'output-denied') return [{ type: 'tool-output-denied', toolCallId }]
  return []
}
