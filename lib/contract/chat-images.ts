import type { ChatMessage } from './chat-message.ts'

/** How many images one message of the user may have. */
export const chatImagesAtMost = 3

/** An image of a message, as the SDK's file part: `url` is what `POST /api/image` answered. */
export type ChatImagePart = Extract<ChatMessage['parts'][number], { type: 'file' }>

const address = /^\/api\/media\/(image_[0-9a-z]{24})\/source\.(?:png|jpg|webp)$/

/** The id of the image at an address; undefined where the address is not exactly one of ours. */
export function chatImageId(url: string): string | undefined {
  return address.exec(url)?.[1]
}

/** The images of a message, in their order. */
export function imagesOf({ parts }: Pick<ChatMessage, 'parts'>): ChatImagePart[] {
  return parts.filter((part) => part.type === 'file').filter(({ url }) => chatImageId(url))
}
