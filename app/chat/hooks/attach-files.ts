import type { AttachedImage } from '#components/chat/composer/attached-images'
import { newIdempotencyKey } from '#lib/ai/api/new-id'
import { uploadImage } from '#lib/ai/api/upload-image'
import { chatImagesAtMost } from '#lib/contract/chat'
import { ProblemError } from '#lib/contract/problem'
import { type Sentence, message } from '#lib/messages/message'
import { checkPicture } from '../../hooks/use-picture-drop.ts'
import { changeAttachments, readAttachments } from './attachment-store.ts'

const blobs = new Map<string, Blob>()
const uploads = new Map<string, AbortController>()

/** Takes files into a chat's draft, as far as they are images and there is room, and uploads each at once. */
export function attachFiles(chat: string, files: readonly File[], tell: (news: Sentence) => void) {
  const room = chatImagesAtMost - readAttachments(chat).images.length
  const fitting = files.filter((file) => checkPicture(file) === null)
  const refused = files.map(checkPicture).find((fault) => fault !== null)
  const isTooMany = fitting.length > room
  const tooMany = isTooMany && message('chat.composer.tooMany', { count: chatImagesAtMost })
  const images = fitting.slice(0, room).map(asAttached)
  changeAttachments(chat, (before) => ({
    images: [...before.images, ...images],
    fault: refused ?? (tooMany || null),
  }))
  for (const { key, name } of images)
    void upload(chat, key, () => tell(message('chat.composer.isAttached', { name })))
}

/** Uploads an image of the draft that did not get there. */
export async function upload(chat: string, key: string, onDone: () => void) {
  const blob = blobs.get(key)
  if (!blob) return
  const patch = (part: Partial<AttachedImage>) =>
    changeAttachments(chat, ({ images, fault }) => ({
      images: images.map((image) => (image.key === key ? { ...image, ...part } : image)),
      fault,
    }))
  patch({ problem: null, progress: 0 })
  const controller = new AbortController()
  uploads.set(key, controller)
  const { signal } = controller
  const onProgress = (progress: number) => patch({ progress })
  try {
    const { url, contentType } = await uploadImage(blob, { onProgress, signal })
    patch({ part: { type: 'file', mediaType: contentType, url }, progress: 1 })
    blobs.delete(key)
    onDone()
  } catch (error) {
    if (signal.aborted) return
    if (!(error instanceof ProblemError)) throw error
    patch({ problem: error.problem.detail })
  } finally {
    uploads.delete(key)
  }
}

/** Ends the upload of an image that was removed from the draft. */
export function cancelUpload(key: string) {
  uploads.get(key)?.abort()
  blobs.delete(key)
}

function asAttached(file: File): AttachedImage {
  const key = newIdempotencyKey()
  blobs.set(key, file)
  const previewUrl = URL.createObjectURL(file)
  return { key, name: file.name, previewUrl, part: null, progress: 0, problem: null }
}
