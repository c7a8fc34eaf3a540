import type { ChatSummary } from '#lib/contract/chat-view'
import type { ChatRow } from '../db/chat-schema.ts'

/** A chat as the list shows it. */
export function chatSummary({ id, title, createdAt, updatedAt }: ChatRow): ChatSummary {
  return { id, title, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() }
}
