'use client'

import { useRef, type KeyboardEvent } from 'react'
import { nextOption } from './next-option.ts'

/** After so long a pause a letter begins a new word. */
const pauseMs = 700

/** The keys of a list of options, each of which can take the focus: arrows, Home, End, first letters, Enter, space. */
export function useListKeys(labels: readonly string[], onChoose: (index: number) => void) {
  const typed = useRef({ text: '', at: 0 })
  return (event: KeyboardEvent<HTMLElement>) => {
    const { key, currentTarget, ctrlKey, metaKey, altKey } = event
    if (ctrlKey || metaKey || altKey) return
    const options = [...currentTarget.querySelectorAll<HTMLElement>('[role=option]')]
    const current = options.findIndex((option) => option === document.activeElement)
    const word = key.length === 1 ? readLetter(typed.current, key) : ''
    const isChoice = key === 'Enter' || (key === ' ' && !word.trim())
    const next = isChoice ? undefined : nextOption(labels, current, key, word)
    if (!isChoice && next === undefined) return
    event.preventDefault()
    if (isChoice && current >= 0) onChoose(current)
    else if (next !== undefined) focusOption(options[next])
  }
}

function readLetter(typed: { text: string; at: number }, letter: string) {
  typed.text = Date.now() - typed.at > pauseMs ? letter : typed.text + letter
  typed.at = Date.now()
  return typed.text
}

function focusOption(option: HTMLElement | undefined) {
  option?.focus()
  option?.scrollIntoView({ block: 'nearest' })
}
