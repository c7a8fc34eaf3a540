import type { UIMessage, UIMessageChunk } from 'ai'
import type { Sentence } from '#lib/messages/message'
import { withoutBasePath } from './calls/base-path.ts'
import type { ChatTools } from './chat-tools.ts'
import type { GenerateVideoRequest } from './generate-video-request.ts'
import { hasFields } from './problem.ts'

/** What is known about a message besides its parts. Written by the server only. */
export interface ChatMetadata {
  /** ISO 8601 in UTC. */
  createdAt: string
  /** Label of what answered, a message for the director; absent on the user's own messages. */
  model?: Sentence
  /** Set where the answer was stopped by the user or broke off, and was not resumed. */
  isInterrupted?: true
  /** Why an answer broke off. The stream tells the same as its `error` part, in words. */
  error?: Sentence
  /** Set where the model ended an answer otherwise than by coming to its end. */
  ending?: AnswerEnding
}

/**
 * How an answer ended that is not whole: the model reached its limit of words or steps; its filter stopped it; it said
 * nothing; it stopped and did not say why.
 */
export type AnswerEnding = 'cut_off' | 'filtered' | 'empty' | 'unclear'

/** None: everything the conversation shows is text, an image or one of the tools. */
type ChatDataParts = never

/**
 * A message as it is streamed, shown and stored. Users write text parts, and file parts that are images of theirs
 * (`imagesOf`); other parts of theirs are dropped.
 */
export type ChatMessage = UIMessage<ChatMetadata, ChatDataParts, ChatTools>

/** One message of the answer's stream. */
export type ChatChunk = UIMessageChunk<ChatMetadata, ChatDataParts>

/** Longest text of one message of the user, in characters. */
export const chatTextMaxLength = 8000

/** Longest search in chats, in characters: it travels in an address, where a letter may take nine. */
export const chatSearchMaxLength = 150

/**
 * The form of a chat's id. The browser mints it, and the first message makes the chat. It is its owner's alone: others may
 * give the same id to a chat of theirs, and learn nothing from it.
 */
export const chatIdPattern = /^chat_[0-9a-z]{24}$/

/** The form of a message's id: the browser mints the user's, the server those of answers (`answer_...`). */
export const messageIdPattern = /^[A-Za-z0-9_-]{8,64}$/

/** How many images one message of the user may have. */
export const chatImagesAtMost = 3

/**
 * An image of a message, as the SDK's file part: `url` is what `POST /api/image` answered. It is kept without the base path,
 * which may change.
 */
export type ChatImagePart = Extract<ChatMessage['parts'][number], { type: 'file' }>

const address = /^\/api\/media\/(image_[0-9a-z]{24})\/source\.(?:png|jpg|webp)$/

/** The id of the image at an address; undefined where the address is not exactly one of ours. */
export function chatImageId(url: string): string | undefined {
  return address.exec(withoutBasePath(url))?.[1]
}

/** The images of a message, in their order. */
export function imagesOf({ parts }: Pick<ChatMessage, 'parts'>): ChatImagePart[] {
  return parts.filter((part) => part.type === 'file').filter(({ url }) => chatImageId(url))
}

/** A chat as the list of chats shows it. Times are ISO 8601 in UTC. */
export interface ChatSummary {
  id: string
  /** Empty where the first message is an image without words. */
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
  answeredBy?: Sentence
}

/** A video's place in a chat. */
export interface ChatVideo {
  fileId: string
  /** The video it is a new version of. */
  parentFileId: string | null
  /** 1, 2, 3 in order of appearance in this chat; never given twice. */
  number: number
  /** The answer it was started in; null for a version made outside the conversation. */
  messageId: string | null
  /** Absent of one that is not in the trash. */
  isTrashed?: true
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

/**
 * `POST /api/chat`: answered with the SDK's UI message stream, or with a problem before anything has begun.
 *
 * - A new message of the user: it is stored, then answered. The first one makes the chat and its title. It has a text,
 *   or up to three images of the user's own, or both; an image that is not theirs is dropped.
 * - A message whose id is in the chat: an edit (or the same once more). Whatever came after it is dropped. While its
 *   answer is being written and text and images are the same, the running answer is streamed again from its beginning.
 * - `regenerate-message`: `message` is the last message of the user that stays; whatever came after is dropped.
 * - `message.role` is `assistant`: the click on an approval. Only `approval.id` and `approval.approved` are read from
 *   it; the answer goes on in the same message. Use `lastAssistantMessageIsCompleteWithApprovalResponses`.
 *
 * 409 `not_possible_now` where another answer of this chat is being written; 429 with `Retry-After` above the limit.
 */
export interface ChatRequest {
  chatId: string
  message: ChatMessage
  trigger: 'submit-message' | 'regenerate-message'
  messageId?: string | undefined
}

/**
 * `POST /api/chat/<id>/videos`, with an `Idempotency-Key`: a new version of a video, made outside the conversation.
 * What is absent is taken from the video it comes from. One version is one video. Answered like
 * `POST /api/generate/video`.
 */
export interface NewVersionRequest extends Partial<Omit<GenerateVideoRequest, 'variations'>> {
  fromFileId: string
}
