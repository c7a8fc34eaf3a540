'use client'

import { SearchIcon, XIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { IconButton } from '#components/ui/button'
import { TextInput } from '#components/ui/form/text-field'

const pauseMs = 250

interface SearchFieldProps {
  value: string
  /** `isSameStep`: letters of the search before. */
  onSearch: (value: string, isSameStep: boolean) => void
}

/** Searches once typing pauses. The letters of one search are one step of the history. */
export function SearchField(props: SearchFieldProps) {
  const t = useTranslations('library')
  const field = useRef<HTMLInputElement>(null)
  const { text, setText, end } = useTyped(props)
  return (
    <search className="relative min-w-0 flex-1 max-lg:basis-full">
      <SearchIcon
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-soft"
      />
      <TextInput
        ref={field}
        inputMode="search"
        enterKeyHint="search"
        aria-label={t('search')}
        placeholder={t('search')}
        value={text}
        maxLength={500}
        className="pr-11 pl-9"
        onChange={({ target }) => setText(target.value)}
        onBlur={end}
      />
      {text && (
        <IconButton
          label={t('clearSearch')}
          className="absolute top-1/2 right-1 -translate-y-1/2"
          onClick={() => {
            setText('')
            field.current?.focus()
          }}
        >
          <XIcon />
        </IconButton>
      )}
    </search>
  )
}

function useTyped({ value, onSearch }: SearchFieldProps) {
  const [text, setText] = useState(value)
  const [known, setKnown] = useState(value)
  const isTypedOn = useRef(false)
  // Back, a link, or filters that were cleared.
  if (known !== value) {
    setKnown(value)
    if (text.trim() !== value) setText(value)
  }
  const search = useEffectEvent((next: string) => {
    if (next === value) return
    onSearch(next, isTypedOn.current)
    isTypedOn.current = true
  })
  useEffect(() => {
    const timer = setTimeout(() => search(text.trim()), pauseMs)
    return () => clearTimeout(timer)
  }, [text])
  const end = () => {
    isTypedOn.current = false
  }
  return { text, setText, end }
}
