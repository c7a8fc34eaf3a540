'use client'

import { useState } from 'react'

/** The subject of a dialog, kept while it closes; null until first opened, so that its code can load lazily. */
export function useDialog<T>() {
  const [subject, setSubject] = useState<T | null>(null)
  const [isOpen, setIsOpen] = useState(false)
  const open = (next: T) => {
    setSubject(next)
    setIsOpen(true)
  }
  return { subject, isOpen, open, close: () => setIsOpen(false) }
}
