'use client'

import { useSyncExternalStore } from 'react'
import type { ChatImagePart } from '#lib/contract/chat-images'
import {
  attachedImage,
  changeAttachments,
  noAttachments,
  readAttachments,
  subscribeToAttachments,
} from './attachment-store.ts'

const atServer = () => noAttachments
/** What checks and uploads: loaded with the first image. */
const load = () => import('./attach-files.ts')

/** The images of the message that is being written; each chat has its own. */
export function useAttachments(chat: string, say: (sentence: string) => void) {
  const read = () => readAttachments(chat)
  const { images, fault } = useSyncExternalStore(subscribeToAttachments, read, atServer)
  return {
    images,
    fault,
    /** Those that can be sent. */
    parts: images.flatMap(({ part }) => part ?? []),
    /** None is on its way, or stuck. */
    isSettled: images.every(({ part }) => part !== null),
    add: (files: File[]) => void load().then(({ attachFiles }) => attachFiles(chat, files, say)),
    retry: (key: string) => void load().then(({ upload }) => upload(chat, key, () => {})),
    remove: (key: string) =>
      changeAttachments(chat, (before) => ({
        images: before.images.filter((image) => image.key !== key),
        fault: null,
      })),
    /** Puts images into the draft that are uploaded already. */
    put: (parts: readonly ChatImagePart[]) =>
      changeAttachments(chat, () => ({ images: parts.map(attachedImage), fault: null })),
  }
}

export type DraftImages = ReturnType<typeof useAttachments>
