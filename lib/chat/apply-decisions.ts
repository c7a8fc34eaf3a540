import type { ChatMessage } from '#lib/contract/chat-message'
import type { Decision } from './read-chat-request.ts'

type Parts = ChatMessage['parts']

/**
 * The parts of an answer with what the user decided written into them. `applied` where all of it stood there before,
 * `unknown` where the answer asks for none of it, or would still wait for another decision.
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
  const isWaiting = next.some((part) => 'state' in part && part.state === 'approval-requested')
  if (changes > 0) return isWaiting ? 'unknown' : next
  return repeats > 0 ? 'applied' : 'unknown'
}
