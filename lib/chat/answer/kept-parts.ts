import type { ChatMessage } from '#lib/contract/chat-message'

type Parts = ChatMessage['parts']

/**
 * What of a broken-off answer stays: every whole step. The step that was being written stays only where it had asked
 * a tool for something; its words alone are written again.
 */
export function keptParts(parts: Parts): Parts {
  const begin = parts.findLastIndex((part) => part.type === 'step-start')
  const step = parts.slice(Math.max(0, begin))
  if (!step.some(isAsked)) return parts.slice(0, Math.max(0, begin))
  return parts
    .filter((part) => !('toolCallId' in part) || part.state !== 'input-streaming')
    .map((part) => (part.type === 'text' ? { ...part, state: 'done' as const } : part))
}

function isAsked(part: Parts[number]) {
  return 'toolCallId' in part && part.state !== 'input-streaming'
}
