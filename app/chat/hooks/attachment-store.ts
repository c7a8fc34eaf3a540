import type { AttachedImage } from '#components/chat/composer/attached-images'
import { attemptStorage } from '#components/ui/attempt-storage.ts'
import { type ChatImagePart, chatImageId } from '#lib/contract/chat'
import { hasFields } from '#lib/contract/problem'
import { type Sentence, message } from '#lib/messages/message'

/** The images of a message that is being written. Never changed, always replaced. */
export interface Attachments {
  images: readonly AttachedImage[]
  /** Why a file was not taken. */
  fault: Sentence | null
}

export const noAttachments: Attachments = { images: [], fault: null }

const known = new Map<string, Attachments>()
const listeners = new Set<() => void>()

export function subscribeToAttachments(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** The images of a chat's draft; those that were uploaded outlive a reload of the tab. */
export function readAttachments(chat: string): Attachments {
  const here = known.get(chat)
  if (here) return here
  const images = keptParts(chat).map(attachedImage)
  const kept = images.length > 0 ? { images, fault: null } : noAttachments
  known.set(chat, kept)
  return kept
}

/** Changes the images of a chat's draft, wherever it is on the screen. */
export function changeAttachments(chat: string, change: (before: Attachments) => Attachments) {
  const before = readAttachments(chat)
  const after = change(before)
  known.set(chat, after)
  for (const listener of listeners) listener()
  for (const { key, previewUrl } of before.images)
    if (!after.images.some((image) => image.key === key)) release(previewUrl)
  keep(
    chat,
    after.images.flatMap(({ part }) => part ?? []),
  )
}

/** An image that is uploaded already, as a draft has it. */
export function attachedImage(part: ChatImagePart, index: number): AttachedImage {
  const { url } = part
  const name = message('chat.composer.imageName', { number: index + 1 })
  return { key: url, name, previewUrl: url, part, progress: 1, problem: null }
}

function release(previewUrl: string) {
  if (previewUrl.startsWith('blob:')) URL.revokeObjectURL(previewUrl)
}

function keptParts(chat: string): ChatImagePart[] {
  const kept: unknown = attemptStorage((storage) =>
    JSON.parse(storage.getItem(keyOf(chat)) ?? '[]'),
  )
  return Array.isArray(kept) ? kept.filter(isImagePart) : []
}

function isImagePart(value: unknown): value is ChatImagePart {
  return (
    hasFields(value, { type: 'string', mediaType: 'string', url: 'string' }) &&
    chatImageId((value as ChatImagePart).url) !== undefined
  )
}

function keep(chat: string, parts: ChatImagePart[]) {
  // With blocked storage the draft lives as long as the page.
  attemptStorage((storage) =>
    parts.length > 0
      ? storage.setItem(keyOf(chat), JSON.stringify(parts))
      : storage.removeItem(keyOf(chat)),
  )
}

function keyOf(chat: string) {
  return `draft-images.${chat}`
}
