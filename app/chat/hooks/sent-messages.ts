import { hasFields } from '#lib/contract/has-fields'
import type { MessageDraft } from './message-draft.ts'

/** A message on its way: until its answer has begun, nobody knows whether it got there. */
export interface SentMessage extends MessageDraft {
  id: string
}

/** Keeps the message that was sent to a chat last, so that a reload does not lose it. */
export function keepSentMessage(chatId: string, message: SentMessage) {
  attemptStorage((storage) => storage.setItem(keyOf(chatId), JSON.stringify(message)))
}

/** The message that was sent to a chat and is not known to have got there. */
export function peekSentMessage(chatId: string): SentMessage | undefined {
  const message: unknown = attemptStorage((storage) =>
    JSON.parse(storage.getItem(keyOf(chatId)) ?? 'null'),
  )
  if (!hasFields(message, { id: 'string', text: 'string' })) return undefined
  const { id, text, images } = message as SentMessage
  return { id, text, images: Array.isArray(images) ? images : [] }
}

/** It got there, or stands in the box again. */
export function forgetSentMessage(chatId: string) {
  attemptStorage((storage) => storage.removeItem(keyOf(chatId)))
}

/** Nothing on the server, and where storage is blocked. */
function attemptStorage<T>(act: (storage: Storage) => T): T | undefined {
  try {
    return act(sessionStorage)
  } catch {
    return undefined
  }
}

function keyOf(chatId: string) {
  return `sent.${chatId}`
}
