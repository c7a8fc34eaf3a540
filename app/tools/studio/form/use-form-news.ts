'use client'

import { useSay } from '#lib/messages/use-say'
import { useTranslations } from 'next-intl'
import { useEffect, useEffectEvent } from 'react'
import type { Problem } from '#lib/contract/problem'
import type { ComposerForm } from './use-composer-form.ts'

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
  const t = useTranslations('composer')
  const say = useSay()
  const suggestSample = useEffectEvent(() => {
    // A user who is in the field already is writing a prompt.
    if (document.activeElement?.id !== 'prompt')
      form.suggestPrompt(t('samplePrompt', { kind: form.makes }))
  })
  const showFaults = useEffectEvent((problem: Problem) => form.showFaults(problem))
  const changes = form.changes && say(form.changes)
  const sayChanges = useEffectEvent(announce)
  useEffect(() => {
    if (changes) sayChanges(changes)
  }, [changes])
  useEffect(() => {
    if (isFirstVisit) suggestSample()
  }, [isFirstVisit])
  useEffect(() => {
    if (startError) showFaults(startError)
  }, [startError])
}
