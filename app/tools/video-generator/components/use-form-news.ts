'use client'

import { useEffect, useEffectEvent } from 'react'
import type { Problem } from '#lib/contract/problem'
import type { ComposerForm } from './use-composer-form.ts'

/** Something the local renderer does well, for a form that nobody has filled yet. */
const samplePrompt = 'Slow pan over a calm ocean at sunset, orange sky, far mountains'

/** What reaches the form from outside: that this is a first visit, and what the server found wrong. */
export function useFormNews(form: ComposerForm, isFirstVisit: boolean, startError: Problem | null) {
  const suggestSample = useEffectEvent(() => {
    // Whoever is in the field already is about to write something better.
    if (document.activeElement?.id !== 'prompt') form.suggestPrompt(samplePrompt)
  })
  const showFaults = useEffectEvent((problem: Problem) => form.showFaults(problem))
  useEffect(() => {
    if (isFirstVisit) suggestSample()
  }, [isFirstVisit])
  useEffect(() => {
    if (startError) showFaults(startError)
  }, [startError])
}
