'use client'

import { type ClipboardEvent, useEffect, useEffectEvent, useState } from 'react'
import { imageMaxBytes, imageTypes } from '#lib/contract/generation-inputs'
import { type MessageRef, message } from '#lib/messages/message'

/** Takes pictures that are dropped anywhere on the page, or pasted into an element; use once a page. */
export function usePictureDrop(onFiles: (files: File[]) => void) {
  const [isOver, setIsOver] = useState(false)
  const take = useEffectEvent(onFiles)
  useEffect(() => followFiles(setIsOver, (files) => take(files)), [])
  return {
    /** Files are held over the page. */
    isOver,
    handlers: {
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

/** Listens at the document: after React's handlers, so that a slot may take the file, and before the page's guard. */
function followFiles(onOver: (isOver: boolean) => void, onFiles: (files: File[]) => void) {
  const over = ({ dataTransfer }: DragEvent) => {
    if (dataTransfer?.types.some((type) => type === 'Files')) onOver(true)
  }
  const leave = ({ relatedTarget }: DragEvent) => {
    if (!relatedTarget) onOver(false)
  }
  const drop = (event: DragEvent) => {
    onOver(false)
    const files = [...(event.dataTransfer?.files ?? [])]
    if (event.defaultPrevented || files.length === 0) return
    event.preventDefault()
    onFiles(files)
  }
  document.addEventListener('dragover', over)
  document.addEventListener('dragleave', leave)
  document.addEventListener('drop', drop)
  return () => {
    document.removeEventListener('dragover', over)
    document.removeEventListener('dragleave', leave)
    document.removeEventListener('drop', drop)
  }
}

/** Why a file cannot be used as a picture; null where it can. */
export function checkPicture({
  name,
  type,
  size,
}: Pick<File, 'name' | 'type' | 'size'>): MessageRef | null {
  if (!imageTypes.some((known) => known === type)) return message('inputs.wrongType', { name })
  if (size > imageMaxBytes) return message('inputs.fileTooLarge', { name, size: { bytes: size } })
  return null
}
