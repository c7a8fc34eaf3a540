import type { ChatMessage } from '#lib/contract/chat-message'

type Parts = ChatMessage['parts']
type Part = Parts[number]

/** The parts of an answer that will not go on: texts are done, and what a tool was not asked to the end is over. */
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
    errorText: 'This was stopped before it was done.',
  }
}
