import type { UIMessage, UIMessageChunk } from 'ai'
import type { ChatTools } from './chat-tools.ts'

/** What is known of a message beside its parts. Written by the server only. */
export interface ChatMetadata {
  /** ISO 8601 in UTC. */
  createdAt: string
  /** Label of what answered; absent on the user's own messages. */
  model?: string
  /** Set where the answer was stopped by the user or broke off, and was not taken up again. */
  isInterrupted?: true
  /** Why an answer broke off, as a plain sentence. The stream tells the same as its `error` part. */
  error?: string
}

/** None: everything the conversation shows is text, an image or one of the tools. */
type ChatDataParts = never

/**
 * A message as it is streamed, shown and stored. Users write text parts, and file parts that are images of theirs
 * (`chat-images.ts`); other parts of theirs are dropped.
 */
export type ChatMessage = UIMessage<ChatMetadata, ChatDataParts, ChatTools>

/** One message of the answer's stream. */
export type ChatChunk = UIMessageChunk<ChatMetadata, ChatDataParts>

/** Longest text of one message of the user, in characters. */
export const chatTextMaxLength = 8000

/** The form of a chat's id; the browser mints it, and the first message makes the chat. */
export const chatIdPattern = /^chat_[0-9a-z]{24}$/

/** The form of a message's id: the browser mints the user's, the server those of answers (`answer_...`). */
export const messageIdPattern = /^[A-Za-z0-9_-]{8,64}$/
