import { randomUUID } from 'node:crypto'
import type { ChatChunk, ChatMessage } from '#lib/contract/chat'
import { callOfPart, isMakePart, problemMetadata, quoteOfApproval } from '#lib/contract/chat-tools'
import type { chatTools } from '../tools/chat-tools.ts'
import { approval } from '../tools/spending.ts'
import { type ToolContext, ToolProblem, asToolProblem } from '../tools/tool-context.ts'
import { isStoredInPart } from './whole-steps.ts'

type Parts = ChatMessage['parts']
type Part = Parts[number]
type CallPart = Extract<Part, { type: `tool-${string}` }>
type Push = (chunk: ChatChunk) => void
type Tools = ReturnType<typeof chatTools>
type Execute = (input: unknown, options: { toolCallId: string }) => Promise<unknown>

/**
 * What of an answer that broke off stays: every whole step. The step that was being written stays only where all of its
 * calls are stored; its words alone are written again.
 */
export function keptParts(parts: Parts): Parts {
  const begin = parts.findLastIndex((part) => part.type === 'step-start')
  const step = parts.slice(Math.max(0, begin))
  if (!step.some(isCalled) || isStoredInPart(step)) return parts.slice(0, Math.max(0, begin))
  return parts
    .filter((part) => !('toolCallId' in part) || part.state !== 'input-streaming')
    .map((part) => (part.type === 'text' ? { ...part, state: 'done' as const } : part))
}

function isCalled(part: Part) {
  return 'toolCallId' in part && part.state !== 'input-streaming'
}

/**
 * Carries out the stored calls that have no outcome: their process died. Their idempotency keys find what was started
 * then, so that it is not started twice. Those that need a click for what they spend are asked about, and so are those
 * that were agreed to without a stored limit.
 */
export async function finishCalls(parts: Parts, tools: Tools, context: ToolContext, push: Push) {
  const calls = parts.filter(isMakePart).filter(isOpen)
  context.steps.begin(calls.map((part) => ({ toolCallId: part.toolCallId, ...callOfPart(part) })))
  const finished: Part[] = []
  for (const part of parts) finished.push(await finishCall(part, tools, context, push))
  return finished
}

/** Whether a call is to be carried out, or asked about, before the answer goes on. */
function isOpen(part: CallPart) {
  if (part.state === 'input-available') return true
  if (part.state !== 'approval-responded') return false
  return part.approval.approved && !quoteOfApproval(part.approval)
}

async function finishCall(part: Part, tools: Tools, context: ToolContext, push: Push) {
  if (!('toolCallId' in part) || part.type === 'dynamic-tool' || !isOpen(part)) return part
  if (!isMakePart(part)) return carryOut(part, tools, context, push)
  const { toolCallId } = part
  const asking = approval(context, { toolCallId, ...callOfPart(part) })
  const question = await asking.catch((error: unknown) => asToolProblem(error, context.locale))
  if (question instanceof ToolProblem) return failed(part, question, push)
  if (!question) return carryOut(part, tools, context, push)
  const [id, { reason }] = [randomUUID(), question]
  const descriptor = context.quotes.get(toolCallId)
  const request = { type: 'tool-approval-request', approvalId: id, toolCallId, reason } as const
  push({ ...request, approvalDescriptor: descriptor })
  const asked = { id, requestReason: reason, descriptor }
  return { ...part, state: 'approval-requested', approval: asked } as Part
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

function failed(part: CallPart, problem: ToolProblem, push: Push): Part {
  const { toolCallId } = part
  const errorText = problem.message
  const kept = problemMetadata(problem)
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
