'use client'

import { useEffect, useSyncExternalStore } from 'react'
import type { MessageBox } from '#components/chat/composer/message-composer'
import { useEscape } from '#components/ui/overlay/use-escape.ts'
import { type ChatImagePart, chatTextMaxLength } from '#lib/contract/chat'
import { isBlank, lengthOf } from '#lib/contract/text/plain-text'
import { loadPart, ProblemError } from '#lib/contract/problem'
import type { Sentence } from '#lib/messages/message'
import {
  attachedImage,
  changeAttachments,
  noAttachments,
  readAttachments,
  subscribeToAttachments,
} from './attachment-store.ts'
import { type MessageDraft, useDraft, useSentMessage } from './message-draft.ts'
import type { Conversation } from './use-conversation.ts'

interface ComposerOptions {
  conversation: Conversation
  /** The chat whose draft is in the box. */
  draftOf: string
  images: DraftImages
  box: MessageBox
  onSend: () => void
  /** Whether it is the only one of the page: then one writes at once, and Escape is for it wherever the focus is. */
  isOnly?: boolean
}

/** The message that is being written: sends it, stops the answer, and keeps the focus where one writes. */
export function useComposer({
  conversation: { chatId, session, messages, isAnswering },
  draftOf,
  images,
  box,
  onSend,
  isOnly = false,
}: ComposerOptions) {
  const [text, setText] = useDraft(draftOf)
  const draft = { text: isBlank(text) ? '' : text.trim(), images: images.parts }
  const sent = useSentMessage({
    chatId,
    messages,
    draft,
    onReturn: (returned) => {
      setText(returned.text)
      if (returned.images.length > 0) images.put(returned.images)
    },
  })
  const canSend = isSendable(draft) && images.isSettled
  const change = (next: string) => {
    session.prepare()
    setText(next)
  }
  const stop = () => void session.stop()
  useEscape(stop, { isListening: isAnswering, isMeant: isOf(isOnly ? null : box.ref) })
  useEffect(() => {
    // Where there is a keyboard one can write at once; on a phone it would cover half the screen.
    const isFree = document.activeElement === document.body
    if (isOnly && isFree && !matchMedia('(pointer: coarse)').matches) box.ref.current?.focus()
  }, [isOnly, box])
  return {
    text,
    change,
    box,
    stop,
    canSend,
    isAnswering,
    send: () => {
      if (!canSend || isAnswering) return
      sent.keep(draft, session.send(draft, sent.idOf(draft)))
      setText('')
      images.put([])
      onSend()
    },
    fill: (example: string) => {
      change(example)
      box.ref.current?.focus()
    },
  }
}

export type Composer = ReturnType<typeof useComposer>

/** Something is written or attached, and it is not too long. */
function isSendable({ text, images }: MessageDraft) {
  return (text !== '' || images.length > 0) && lengthOf(text) <= chatTextMaxLength
}

/** What answers to Escape by itself. */
const ownRooms = '[role=dialog], [role=alertdialog], aside'

/** Whether a place of the page is none of those and, of several boxes, in the section of this one. */
const isOf = (box: MessageBox['ref'] | null) => (target: Element) => {
  const isHere = !box || box.current?.closest('section')?.contains(target) === true
  return isHere && !target.closest(ownRooms)
}

const atServer = () => noAttachments
/** What checks and uploads: loaded with the first image. */
const load = () => loadPart(import('./attach-files.ts'))

/** The images of the message that is being written; each chat has its own. */
export function useAttachments(chat: string, tell: (news: Sentence) => void) {
  const read = () => readAttachments(chat)
  const { images, fault } = useSyncExternalStore(subscribeToAttachments, read, atServer)
  const showFault = (error: unknown) => {
    if (!(error instanceof ProblemError)) throw error
    const fault = error.problem.detail
    changeAttachments(chat, (before) => ({ ...before, fault }))
  }
  return {
    images,
    fault,
    /** Those that can be sent. */
    parts: images.flatMap(({ part }) => part ?? []),
    /** None is on its way, or stuck. */
    isSettled: images.every(({ part }) => part !== null),
    add: (files: File[]) =>
      void load().then(({ attachFiles }) => attachFiles(chat, files, tell), showFault),
    retry: (key: string) =>
      void load().then(({ upload }) => upload(chat, key, () => {}), showFault),
    remove: (key: string) => {
      // Where it cannot be loaded nothing was uploaded by it.
      void load().then(
        ({ cancelUpload }) => cancelUpload(key),
        () => {},
      )
      changeAttachments(chat, (before) => ({
        images: before.images.filter((image) => image.key !== key),
        fault: null,
      }))
    },
    /** Puts images into the draft that are uploaded already. */
    put: (parts: readonly ChatImagePart[]) =>
      changeAttachments(chat, () => ({ images: parts.map(attachedImage), fault: null })),
  }
}

export type DraftImages = ReturnType<typeof useAttachments>
