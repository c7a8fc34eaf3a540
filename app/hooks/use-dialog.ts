'use client'

import { useState } from 'react'

/** What a dialog is about, kept while it closes; null before it was first needed, so that its code can wait. */
export function useDialog<T>() {
  const [subject, setSubject] = useState<T | null>(null)
  const [isOpen, setIsOpen] = useState(false)
  const open = (next: T) => {
    setSubject(next)
    setIsOpen(true)
  }
  return { subject, isOpen, open, close: () => setIsOpen(false) }
}
