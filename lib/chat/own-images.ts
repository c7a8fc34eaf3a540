import { type ChatImagePart, chatImageId, chatImagesAtMost } from '#lib/contract/chat-images'
import { takeOwnedImages } from '../assets/assets.ts'
import { imageKey } from '../assets/assets.ts'

/**
 * The images at these addresses as parts to keep: only this user's own, each once, as many as a message may have.
 * What is not exactly the address of such an image is dropped.
 */
export async function ownImages(userId: string, urls: string[]): Promise<ChatImagePart[]> {
  const ids = urls.map(chatImageId).filter((id) => id !== undefined)
  const images = await takeOwnedImages(userId, ids)
  const parts = images.map((image): ChatImagePart => {
    const url = `/api/media/${imageKey(image)}`
    return { type: 'file', mediaType: image.contentType, url }
  })
  return [...new Set(urls)]
    .flatMap((url) => parts.find((part) => part.url === url) ?? [])
    .slice(0, chatImagesAtMost)
}
