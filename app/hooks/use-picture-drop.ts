'use client'

import { type ClipboardEvent, type DragEvent, useState } from 'react'
import { formatBytes } from '#components/ui/format.ts'
import { imageMaxBytes, imageTypes } from '#lib/contract/generation-inputs'

/** Accepts pictures that are dropped on an element or pasted into it, and ignores everything else. */
export function usePictureDrop(onFiles: (files: File[]) => void) {
  const [isOver, setIsOver] = useState(false)
  return {
    isOver,
    handlers: {
      onDragOver: (event: DragEvent<HTMLElement>) => {
        if (!event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setIsOver(true)
      },
      onDragLeave: ({ currentTarget, relatedTarget }: DragEvent<HTMLElement>) => {
        if (!currentTarget.contains(relatedTarget as Node | null)) setIsOver(false)
      },
      onDrop: (event: DragEvent<HTMLElement>) => {
        setIsOver(false)
        // A picture slot inside has already accepted it.
        if (event.defaultPrevented || event.dataTransfer.files.length === 0) return
        event.preventDefault()
        onFiles([...event.dataTransfer.files])
      },
      onPaste: (event: ClipboardEvent<HTMLElement>) => {
        const pictures = [...event.clipboardData.files].filter(({ type }) =>
          type.startsWith('image/'),
        )
        // Some programs put a text and its picture on the clipboard: then paste the text.
        if (pictures.length === 0 || event.clipboardData.types.includes('text/plain')) return
        event.preventDefault()
        onFiles(pictures)
      },
    },
  }
}

/** Why a file cannot be used as a picture, as a sentence; null where it can. */
export function checkPicture({ name, type, size }: Pick<File, 'name' | 'type' | 'size'>) {
  if (!imageTypes.some((known) => known === type)) return `${name} is no PNG, JPEG or WebP picture.`
  if (size > imageMaxBytes) return `${name} has ${formatBytes(size)}; 10 MB are the most.`
  return null
}
