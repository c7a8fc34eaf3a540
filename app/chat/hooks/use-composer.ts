'use client'

import { useEffect, useRef } from 'react'
import type { Conversation } from './use-conversation.ts'
import { useDraft } from './use-draft.ts'
import { useEscape } from './use-escape.ts'

/** The message that is being written: sends it, stops the answer, and keeps the focus where one writes. */
export function useComposer(
  { session, isAnswering }: Conversation,
  draftOf: string,
  onSend: () => void,
) {
  const [text, change] = useDraft(draftOf)
  const box = useRef<HTMLTextAreaElement>(null)
  const stop = () => void session.stop()
  useEscape(isAnswering, stop)
  useEffect(() => {
    // Where there is a keyboard one can write at once; on a phone it would cover half the screen.
    const isFree = document.activeElement === document.body
    if (isFree && !matchMedia('(pointer: coarse)').matches) box.current?.focus()
  }, [])
  return {
    text,
    change,
    box,
    stop,
    isAnswering,
    send: () => {
      if (!text.trim() || isAnswering) return
      session.send(text.trim())
      change('')
      onSend()
    },
    fill: (example: string) => {
      change(example)
      box.current?.focus()
    },
  }
}

export type Composer = ReturnType<typeof useComposer>
