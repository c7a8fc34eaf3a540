import { chatImageId, imagesOf } from '#lib/contract/chat-images'
import type { ChatMessage } from '#lib/contract/chat-message'
import { imageMark } from '../director/image-marks.ts'

/**
 * The messages as a model is told them: an image is a few words with its number in the chat and its id. Its bytes go
 * to nobody, and its address is nothing a model's endpoint could be asked to fetch.
 */
export function toldOfImages(
  messages: readonly ChatMessage[],
  images: readonly { id: string }[],
): ChatMessage[] {
  const markOf = (url: string) => {
    const place = images.findIndex(({ id }) => id === chatImageId(url))
    return place < 0 ? '[an image that is gone]' : imageMark(place + 1, images[place]!.id)
  }
  return messages.map((message) => {
    if (message.role !== 'user') return message
    const words = message.parts.flatMap((part) => (part.type === 'text' ? part.text : []))
    const marks = imagesOf(message).map(({ url }) => markOf(url))
    const text = [...words, marks.join(' ')].filter(Boolean).join('\n\n')
    return { ...message, parts: [{ type: 'text', text }] }
  })
}
