import type { ChatChunk, ChatMessage } from '#lib/contract/chat-message'

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
  return [
    { type: `${part.type}-start`, id },
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
    return [{ type: 'tool-input-error', ...asked, errorText: part.errorText }]
  return [{ type: 'tool-input-available', ...asked }, ...approvalChunks(part), ...outcome(part)]
}

function approvalChunks({ toolCallId, approval }: ToolPart): ChatChunk[] {
  if (!approval) return []
  const { id: approvalId, approved, requestReason } = approval
  const request: ChatChunk = {
    type: 'tool-approval-request',
    approvalId,
    toolCallId,
    ...(requestReason && { reason: requestReason }),
  }
  if (approved === undefined) return [request]
  return [request, { type: 'tool-approval-response', approvalId, approved }]
}

function outcome(part: ToolPart): ChatChunk[] {
  const { toolCallId } = part
  if (part.state === 'output-available')
    return [{ type: 'tool-output-available', toolCallId, output: part.output }]
  if (part.state === 'output-error')
    return [{ type: 'tool-output-error', toolCallId, errorText: part.errorText }]
  if (part.state === 'output-denied') return [{ type: 'tool-output-denied', toolCallId }]
  return []
}
