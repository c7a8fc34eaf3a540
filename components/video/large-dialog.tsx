'use client'

import type { ReactNode } from 'react'
import { Dialog } from '#components/ui/overlay/dialog'

interface LargeDialogProps {
  title: string
  /** Of what is shown, in pixels. */
  size: { width: number; height: number }
  /** What is shown. */
  media: ReactNode
  /** Above it: the way to others. */
  steps: ReactNode
  isOpen: boolean
  onClose: () => void
  /** What is known of it, and what can be done. */
  children: ReactNode
}

/** A video or an image as large as the window allows, with what is known of it at its side, or below. */
export function LargeDialog(props: LargeDialogProps) {
  const { title, size, media, steps, isOpen, onClose, children } = props
  const ratio = size.width / size.height || 1
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose}>
      <div>{steps}</div>
      <div className="flex flex-wrap items-end gap-8">
        <div
          style={{ width: `min(100%, calc(${ratio > 1 ? 56 : 70}dvh * ${ratio}))` }}
          className="shrink-0"
        >
          {media}
        </div>
        <div className="min-w-64 flex-1 basis-64 space-y-6">{children}</div>
      </div>
    </Dialog>
  )
}
