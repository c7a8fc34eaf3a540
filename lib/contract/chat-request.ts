import type { ChatMessage } from './chat-message.ts'
import type { GenerateVideoRequest } from './generate-video-request.ts'

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
 * `POST /api/chat/<id>/videos`, with an `Idempotency-Key`: a new version of a video, made beside the conversation.
 * What is absent is taken from the video it comes from. One version is one video. Answered like
 * `POST /api/generate/video`.
 */
export interface NewVersionRequest extends Partial<Omit<GenerateVideoRequest, 'variations'>> {
  fromFileId: string
}
