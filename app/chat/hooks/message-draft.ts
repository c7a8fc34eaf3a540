import type { ChatImagePart } from '#lib/contract/chat-images'

/** What a user says in one message. */
export interface MessageDraft {
  text: string
  images: readonly ChatImagePart[]
}

/** Whether two messages say the same. */
export function isSameDraft(a: MessageDraft, b: MessageDraft) {
  const urls = ({ images }: MessageDraft) => images.map(({ url }) => url).join(' ')
  return a.text === b.text && urls(a) === urls(b)
}
