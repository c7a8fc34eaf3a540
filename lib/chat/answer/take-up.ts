import { randomUUID } from 'node:crypto'
import type { ChatChunk, ChatMessage } from '#lib/contract/chat'
import { problemMetadata, quoteOfApproval } from '#lib/contract/chat-tools'
import type { chatTools } from '../tools/chat-tools.ts'
import { approval } from '../tools/spending.ts'
import { type ToolContext, ToolProblem, asToolProblem } from '../tools/tool-context.ts'

type Parts = ChatMessage['parts']
type Part = Parts[number]
type CallPart = Extract<Part, { type: `tool-${string}` }>
type Push = (chunk: ChatChunk) => void
type Tools = ReturnType<typeof chatTools>
type Execute = (input: unknown, options: { toolCallId: string }) => Promise<unknown>

/**
 * What of an answer that broke off stays: every whole step. The step that was being written stays only where it had
 * called a tool; its words alone are written again.
 */
export function keptParts(parts: Parts): Parts {
  const begin = parts.findLastIndex((part) => part.type === 'step-start')
  const step = parts.slice(Math.max(0, begin))
  if (!step.some(isCalled)) return parts.slice(0, Math.max(0, begin))
  return parts
    .filter((part) => !('toolCallId' in part) || part.state !== 'input-streaming')
    .map((part) => (part.type === 'text' ? { ...part, state: 'done' as const } : part))
}

function isCalled(part: Part) {
  return 'toolCallId' in part && part.state !== 'input-streaming'
}

/**
 * Carries out the stored calls that have no outcome: their process died. Their idempotency keys find what was started
 * then, so that it is not started twice. A call that was agreed to without a stored limit is asked about again.
 */
export async function finishCalls(parts: Parts, tools: Tools, context: ToolContext, push: Push) {
  const finished: Part[] = []
  // One after another, in their order: equal calls get the ordinals they had.
  for (const part of parts) finished.push(await finishCall(part, tools, context, push))
  return finished
}

async function finishCall(part: Part, tools: Tools, context: ToolContext, push: Push) {
  if (!('toolCallId' in part) || part.type === 'dynamic-tool') return part
  if (part.state === 'input-available') return carryOut(part, tools, context, push)
  if (part.type !== 'tool-generateVideo' || part.state !== 'approval-responded') return part
  if (!part.approval.approved || quoteOfApproval(part.approval)) return part
  return askAgain(part, tools, context, push)
}

/** The question of an older version, whose limit is only in its sentence: asked with the price of today. */
async function askAgain(
  part: Extract<CallPart, { type: 'tool-generateVideo'; state: 'approval-responded' }>,
  tools: Tools,
  context: ToolContext,
  push: Push,
): Promise<Part> {
  const { toolCallId, input } = part
  const question = await approval(context, input, toolCallId).catch((error: unknown) =>
    asToolProblem(error, context.locale),
  )
  if (question instanceof ToolProblem) return failed(part, question, push)
  if (!question) return carryOut(part, tools, context, push)
  const [id, { reason }] = [randomUUID(), question]
  const descriptor = context.quotes.get(toolCallId)
  const asked = { type: 'tool-approval-request', approvalId: id, toolCallId, reason } as const
  push({ ...asked, approvalDescriptor: descriptor })
  return {
    ...part,
    state: 'approval-requested',
    approval: { id, requestReason: reason, descriptor },
  }
}

async function carryOut(
  part: CallPart,
  tools: Tools,
  { locale }: ToolContext,
  push: Push,
): Promise<Part> {
  const { toolCallId } = part
  const tool = Object.entries(tools).find(([name]) => part.type === `tool-${name}`)?.[1]
  try {
    const execute = tool?.execute as Execute
    const output = await execute(part.input, { toolCallId })
    push({ type: 'tool-output-available', toolCallId, output })
    return { ...part, state: 'output-available', output } as Part
  } catch (error) {
    return failed(part, asToolProblem(error, locale), push)
  }
}

function failed(part: CallPart, { message: errorText, sentence }: ToolProblem, push: Push): Part {
  const { toolCallId } = part
  const kept = problemMetadata(sentence)
  push({
    type: 'tool-output-error',
    toolCallId,
    errorText,
    ...(kept && { providerMetadata: kept }),
  })
  return {
    ...part,
    state: 'output-error',
    errorText,
    ...(kept && { resultProviderMetadata: kept }),
  } as Part
}
