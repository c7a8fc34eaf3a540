'use client'
import { useLocale, useTranslations } from 'next-intl'
import { useCallback } from 'react'
import { formatOf } from './format.ts'
import type { Sentence } from './message.ts'
import { type Translate, say } from './say.ts'

/** Makes words of messages that are data, in the reader's language. */
export function useSay() {
  const translate = useTranslations() as Translate
  const locale = useLocale()
  return useCallback(
    (sentence: Sentence) => say({ translate, locale, nowMs: Date.now() }, sentence),
    [translate, locale],
  )
}

/** How the reader's language writes numbers, money and durations. */
export function useFormat() {
  return formatOf(useLocale())
}
