'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useTransition } from 'react'
import { mutate } from 'swr'
import { showToast } from '#components/ui/toast/show-toast'
import { withBasePath } from '#lib/contract/calls/base-path'
import { ProblemError } from '#lib/contract/problem'
import { localeCookie, localeNames, locales } from '#lib/messages/locales'
import { useChooseLanguage } from './language.tsx'

const yearSeconds = 365 * 24 * 60 * 60

/** Switches to the other language at once, and remembers it. */
export function LanguageSwitch() {
  const t = useTranslations('header')
  const [isSwitching, startSwitch] = useTransition()
  const choose = useChooseLanguage()
  const locale = useLocale()
  const other = locales.find((one) => one !== locale)!
  const switchTo = async () => {
    try {
      await choose(other)
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      showToast({ kind: 'error', title: error.problem.detail, id: 'language' })
      return
    }
    const path = withBasePath('') || '/'
    document.cookie = `${localeCookie}=${other}; path=${path}; max-age=${yearSeconds}; samesite=lax`
    // Answers that hold words are read again, in the new language.
    void mutate(() => true)
  }
  return (
    <button
      type="button"
      lang={other}
      aria-busy={isSwitching}
      aria-label={`${t('language')}: ${localeNames[other]}, ${other}`}
      title={localeNames[other]}
      onClick={() => startSwitch(switchTo)}
      className="grid size-9 place-items-center rounded-md font-mono text-xs text-soft uppercase hover:text-ink"
    >
      {other}
    </button>
  )
}
