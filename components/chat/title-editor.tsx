'use client'

import { useState } from 'react'
import { TextInput } from '#components/ui/form/text-field'

const maxLength = 120

interface TitleEditorProps {
  title: string
  /** Called once, with the new title, or the old one where it was left as it is. */
  onDone: (title: string) => void
}

/** A title in the making: Enter keeps it, Escape does not. */
export function TitleEditor({ title, onDone }: TitleEditorProps) {
  const [text, setText] = useState(title)
  return (
    <TextInput
      aria-label="Title"
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- the click that opened it asked to write here
      autoFocus
      value={text}
      maxLength={maxLength}
      onChange={({ target }) => setText(target.value)}
      onFocus={({ target }) => target.select()}
      onBlur={() => onDone(text.trim())}
      onKeyDown={({ key, nativeEvent }) => {
        if (key === 'Enter' && !nativeEvent.isComposing) onDone(text.trim())
        if (key === 'Escape') onDone(title)
      }}
      className="h-9!"
    />
  )
}
