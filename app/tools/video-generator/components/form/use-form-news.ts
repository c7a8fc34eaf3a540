'use client'

import { useEffect, useEffectEvent } from 'react'
import type { Problem } from '#lib/contract/problem'
import type { ComposerForm } from './use-composer-form.ts'

/** Something the local renderer does well, for a form that is still empty. */
const samplePrompt = 'Slow pan over a calm ocean at sunset, orange sky, far mountains'

interface FormNews {
  isFirstVisit: boolean
  startError: Problem | null
  announce: (sentence: string) => void
}

/**
 * Connects the form with the page: suggests a prompt on a first visit, shows the server's faults, and announces once
 * that a model has changed other settings.
 */
export function useFormNews(form: ComposerForm, { isFirstVisit, startError, announce }: FormNews) {
  const suggestSample = useEffectEvent(() => {
    // A user who is in the field already is writing a prompt.
    if (document.activeElement?.id !== 'prompt') form.suggestPrompt(samplePrompt)
  })
  const showFaults = useEffectEvent((problem: Problem) => form.showFaults(problem))
  const sayChanges = useEffectEvent(announce)
  useEffect(() => {
    if (form.changes) sayChanges(form.changes)
  }, [form.changes])
  useEffect(() => {
    if (isFirstVisit) suggestSample()
  }, [isFirstVisit])
  useEffect(() => {
    if (startError) showFaults(startError)
  }, [startError])
}
