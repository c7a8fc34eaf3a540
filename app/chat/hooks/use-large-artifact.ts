'use client'

import { useRef, useState } from 'react'

/** Which video stands large beside the conversation; when it goes, the focus returns to where it was opened. */
export function useLargeArtifact() {
  const [fileId, pick] = useState<string>()
  const opener = useRef<Element>(null)
  return {
    fileId,
    pick,
    open: (next: string) => {
      opener.current = document.activeElement
      pick(next)
    },
    close: () => {
      pick(undefined)
      const back = opener.current?.isConnected ? opener.current : null
      const target = back ?? document.getElementById('message')
      setTimeout(() => (target as HTMLElement | null)?.focus())
    },
  }
}
