import type { ChatMessage } from '#lib/contract/chat-message'
import type { ChatDeps } from '../deps.ts'
import type { AnswerLease } from '../store/answer-lease.ts'
import { inputHash } from '../tools/call-key.ts'
import { toldUsd } from '../tools/spend-reason.ts'
import type { ToolContext } from '../tools/tool-context.ts'
import { ToolProblem } from '../tools/tool-problem.ts'

interface ContextOptions {
  lease: AnswerLease
  questionId: string
  deps: ChatDeps
  /** What of the answer stands already: its calls count. */
  kept: ChatMessage['parts']
  recorded(toolCallId: string): Promise<void>
}

/** The tools' context for one answer, going on where its kept parts ended. */
export function toolContextOf({ kept, ...options }: ContextOptions): ToolContext {
  const done = kept.filter((part) => 'toolCallId' in part && part.state === 'output-available')
  const ordinals = new Map<string, number>()
  const ordinalOf = (hash: string) => {
    const ordinal = ordinals.get(hash) ?? 0
    ordinals.set(hash, ordinal + 1)
    return ordinal
  }
  for (const part of done)
    if (part.type === 'tool-generateVideo' && part.state === 'output-available')
      ordinalOf(inputHash(part.input))

  const { toolCallsAtMost } = options.deps
  let calls = done.length
  const countCall = () => {
    if (++calls <= toolCallsAtMost) return
    throw new ToolProblem(`One answer may do at most ${toolCallsAtMost} things. Ask once more.`)
  }
  const approvedUsd = (toolCallId: string) => agreedTo(kept, toolCallId)
  return { ...options, ordinalOf, countCall, approvedUsd }
}

/** What the question said that was answered with yes; the answer as it is stored knows both. */
function agreedTo(parts: ChatMessage['parts'], toolCallId: string) {
  const part = parts.find((one) => 'toolCallId' in one && one.toolCallId === toolCallId)
  const approval = part && 'approval' in part ? part.approval : undefined
  return approval?.approved ? toldUsd(approval.requestReason) : undefined
}
