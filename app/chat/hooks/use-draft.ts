'use client'

import { useSyncExternalStore } from 'react'

const drafts = new Map<string, string>()
const listeners = new Set<() => void>()
const atServer = () => ''

/** The message that is being written; a reload of the tab does not lose it. Each chat has its own. */
export function useDraft(chat: string) {
  const draft = useSyncExternalStore(subscribe, () => read(chat), atServer)
  return [draft, (text: string) => write(chat, text)] as const
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

function read(chat: string) {
  const known = drafts.get(chat)
  if (known !== undefined) return known
  let kept = ''
  try {
    kept = sessionStorage.getItem(keyOf(chat)) ?? ''
  } catch {
    // Blocked storage: the draft lives as long as the page.
  }
  drafts.set(chat, kept)
  return kept
}

function write(chat: string, text: string) {
  drafts.set(chat, text)
  for (const listener of listeners) listener()
  try {
    if (text) sessionStorage.setItem(keyOf(chat), text)
    else sessionStorage.removeItem(keyOf(chat))
  } catch {
    // As above.
  }
}

function keyOf(chat: string) {
  return `draft.${chat}`
}
