import type { ChatMessage } from '#lib/contract/chat'
import { problemMetadata } from '#lib/contract/chat-tools'
import { message } from '#lib/messages/message'
import { inEnglish } from '#lib/messages/translate'

type Parts = ChatMessage['parts']
type Part = Parts[number]

/** What the user decided about one tool call. */
export interface Decision {
  approvalId: string
  approved: boolean
}

/**
 * The parts of an answer with the user's decisions written into them. `applied` where all of them were there already,
 * `unknown` where the answer asks for none of them, or would still wait for another one.
 */
export function applyDecisions(
  { parts }: ChatMessage,
  decisions: Decision[],
): Parts | 'applied' | 'unknown' {
  const decided = new Map(decisions.map(({ approvalId, approved }) => [approvalId, approved]))
  let changes = 0
  let repeats = 0
  const next = parts.map((part) => {
    if (!('approval' in part) || !part.approval) return part
    const approved = decided.get(part.approval.id)
    if (approved === undefined) return part
    if (part.state !== 'approval-requested') {
      repeats++
      return part
    }
    changes++
    return { ...part, state: 'approval-responded', approval: { ...part.approval, approved } }
  }) as Parts
  if (changes > 0) return next.some(isWaiting) ? 'unknown' : next
  return repeats > 0 ? 'applied' : 'unknown'
}

/** Whether a part waits for a decision of the user. */
export function isWaiting(part: Part) {
  return 'state' in part && part.state === 'approval-requested'
}

const stopped = message('chat.problem.stopped')

/** The parts of an answer that will not go on: texts are done, unfinished tool calls are over. */
export function settle(parts: Parts): Parts {
  return parts.filter((part) => !isHalfAsked(part)).map(settlePart)
}

function isHalfAsked(part: Part) {
  return 'toolCallId' in part && part.state === 'input-streaming'
}

function settlePart(part: Part): Part {
  if (part.type === 'text' || part.type === 'reasoning') return { ...part, state: 'done' }
  const isOpen =
    'toolCallId' in part &&
    (part.state === 'input-available' || part.state === 'approval-responded')
  if (!isOpen) return part
  const { approval: _, ...rest } = part
  return {
    ...rest,
    state: 'output-error',
    errorText: inEnglish(stopped),
    resultProviderMetadata: problemMetadata({ sentence: stopped }),
  }
}
