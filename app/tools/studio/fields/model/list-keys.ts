'use client'

import { type KeyboardEvent, useRef } from 'react'
import { searchable } from '#lib/contract/text/searchable'

/** After this pause a letter begins a new word. */
const pauseMs = 700

/**
 * The keys of a list whose options take the focus: arrows, Home, End, first letters, Enter, space. Base UI's Combobox
 * would need a text field for its keys, and weighs 33 KB compressed.
 */
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

/** The option a key moves the focus to, by arrows and first letters; undefined for any other key. */
export function nextOption(
  labels: readonly string[],
  current: number,
  key: string,
  /** What was typed so far, this key included. */
  typed: string,
): number | undefined {
  const last = labels.length - 1
  const moves: Record<string, number> = {
    ArrowDown: Math.min(last, current + 1),
    ArrowUp: Math.max(0, current - 1),
    Home: 0,
    End: last,
  }
  if (key in moves) return moves[key]
  if (key.length !== 1 || !typed.trim()) return undefined
  // One letter repeated steps through the options that begin with it.
  const isRepeated = typed.length > 1 && typed === typed[0]!.repeat(typed.length)
  const wanted = searchable(isRepeated ? typed[0]! : typed)
  const start = typed.length === 1 || isRepeated ? current + 1 : current
  const order = labels.map((_, index) => (start + index) % labels.length)
  return order.find((index) => searchable(labels[index]!).startsWith(wanted))
}
