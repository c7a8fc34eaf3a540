'use client'

import { ImagePlusIcon } from 'lucide-react'
import { useRef } from 'react'
import { IconButton } from '#components/ui/button'

interface AttachButtonProps {
  onFiles: (files: File[]) => void
}

/** Chooses images for the message; they can be dropped or pasted as well. */
export function AttachButton({ onFiles }: AttachButtonProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <IconButton
        label="Add images"
        className="my-1.5 touch:my-0"
        onClick={() => input.current?.click()}
      >
        <ImagePlusIcon />
      </IconButton>
      <input
        ref={input}
        type="file"
        multiple
        aria-label="Images"
        accept="image/png,image/jpeg,image/webp"
        className="hidden"
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])])
          target.value = ''
        }}
      />
    </>
  )
}
