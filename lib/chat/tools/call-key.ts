import { createHash } from 'node:crypto'
import type { MakeCall } from '#lib/contract/chat-tools'

/** A hash over what a model asked for, whatever the order of its fields and whether it spelled out what is absent. */
export function inputHash({ toolName, input }: MakeCall) {
  // Calls for videos were hashed before there were others.
  const named = toolName === 'generateVideo' ? input : { ...input, toolName }
  const given = Object.entries(named).filter(([, value]) => value !== null && value !== undefined)
  return sha256(JSON.stringify(given.toSorted(([a], [b]) => (a < b ? -1 : 1))))
}

/**
 * The idempotency key of a call: the turn, what was asked, and which of the equal requests of this answer it is. So an
 * answer that is sent again, resumed or regenerated never pays twice for the same request, in whatever order its calls
 * come; only another request is another key.
 */
export function callKey(chatId: string, questionId: string, hash: string, ordinal: number) {
  return chatKey(chatId, questionId, hash, ordinal)
}

/** An idempotency key made of parts of any length: hashed, so that keys differ wherever their parts do. */
export function chatKey(...parts: (string | number)[]) {
  return `chat-${sha256(JSON.stringify(parts))}`
}

function sha256(text: string) {
  return createHash('sha256').update(text).digest('hex')
}
