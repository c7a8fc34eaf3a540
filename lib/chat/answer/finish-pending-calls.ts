import type { ChatChunk, ChatMessage } from '#lib/contract/chat-message'
import type { chatTools } from '../tools/chat-tools.ts'
import { asToolProblem } from '../tools/tool-problem.ts'

type Part = ChatMessage['parts'][number]
type PendingPart = Extract<Part, { state: 'input-available'; toolCallId: string }>
type Execute = (input: unknown, options: { toolCallId: string }) => Promise<unknown>

/**
 * Carries out the calls that a dead process had on record without an outcome. Their keys see to it that what was
 * started then is found again instead of being started twice.
 */
export async function finishPendingCalls(
  parts: ChatMessage['parts'],
  tools: ReturnType<typeof chatTools>,
  push: (chunk: ChatChunk) => void,
): Promise<ChatMessage['parts']> {
  const finished: Part[] = []
  // One after another, in their order: equal wishes get the places they had.
  for (const part of parts)
    finished.push(isPending(part) ? await carryOut(part, tools, push) : part)
  return finished
}

function isPending(part: Part): part is PendingPart {
  return 'toolCallId' in part && part.type !== 'dynamic-tool' && part.state === 'input-available'
}

async function carryOut(
  part: PendingPart,
  tools: ReturnType<typeof chatTools>,
  push: (chunk: ChatChunk) => void,
): Promise<Part> {
  const { toolCallId } = part
  const tool = Object.entries(tools).find(([name]) => part.type === `tool-${name}`)?.[1]
  try {
    const execute = tool?.execute as Execute
    const output = await execute(part.input, { toolCallId })
    push({ type: 'tool-output-available', toolCallId, output })
    return { ...part, state: 'output-available', output } as Part
  } catch (error) {
    const errorText = asToolProblem(error).message
    push({ type: 'tool-output-error', toolCallId, errorText })
    return { ...part, state: 'output-error', errorText }
  }
}
