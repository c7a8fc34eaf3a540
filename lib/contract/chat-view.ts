import type { ChatMessage } from './chat-message.ts'
import { hasFields } from './has-fields.ts'

/** A chat as the list of chats shows it. Times are ISO 8601 in UTC. */
export interface ChatSummary {
  id: string
  title: string
  createdAt: string
  updatedAt: string
}

/** One page of a user's chats, last used first. `GET /api/chat?search=&cursor=`. */
export interface ChatPage {
  chats: ChatSummary[]
  /** Hand it back as `cursor` for the next page; null on the last one. */
  nextCursor: string | null
  /** The label of what will answer, so that the first screen can say so before anything is asked. */
  answeredBy?: string
}

/** A video's place in a chat. */
export interface ChatVideo {
  fileId: string
  /** The video it is a new version of. */
  parentFileId: string | null
  /** 1, 2, 3 in order of appearance in this chat; never given twice. */
  number: number
  /** The answer it was started in; null for a version made beside the conversation. */
  messageId: string | null
}

/** `GET /api/chat/<id>`: a chat with all that is in it. */
export interface ChatView extends ChatSummary {
  messages: ChatMessage[]
  /** An answer is being written: follow it on `GET /api/chat/<id>/stream`, which begins at its beginning. */
  isAnswering: boolean
  videos: ChatVideo[]
}

/** `PATCH /api/chat/<id>` `{ title }` answers this. */
export function isChatSummary(value: unknown): value is ChatSummary {
  return hasFields(value, { id: 'string', title: 'string', updatedAt: 'string' })
}

export function isChatPage(value: unknown): value is ChatPage {
  if (!hasFields(value, { chats: 'object' })) return false
  const { chats } = value as ChatPage
  return Array.isArray(chats) && chats.every(isChatSummary)
}

export function isChatView(value: unknown): value is ChatView {
  if (!isChatSummary(value) || !hasFields(value, { isAnswering: 'boolean' })) return false
  const { messages, videos } = value as ChatView
  return Array.isArray(messages) && messages.every(isMessage) && Array.isArray(videos)
}

function isMessage(message: unknown) {
  return (
    hasFields(message, { id: 'string', role: 'string' }) &&
    Array.isArray((message as ChatMessage).parts)
  )
}
