import { useEffect, useEffectEvent, useRef, useState } from 'react'

const restMs = 400

/**
 * A text that is edited in place: saved once the typing rests, when the field is left, and when it is unmounted. Until it is
 * saved, what others write does not take it away.
 */
export function useDraft(saved: string, onSave: (text: string) => void) {
  const [draft, setDraft] = useState<string | null>(null)
  const open = useRef<string | null>(null)
  const save = useEffectEvent(() => {
    const text = open.current
    open.current = null
    setDraft(null)
    if (text !== null && text !== saved) onSave(text)
  })
  useEffect(() => {
    if (draft === null) return undefined
    const timer = setTimeout(() => save(), restMs)
    return () => clearTimeout(timer)
  }, [draft])
  useEffect(() => () => save(), [])
  return {
    value: draft ?? saved,
    change: (text: string) => {
      open.current = text
      setDraft(text)
    },
    leave: () => {
      const text = open.current
      open.current = null
      setDraft(null)
      if (text !== null && text !== saved) onSave(text)
    },
  }
}
