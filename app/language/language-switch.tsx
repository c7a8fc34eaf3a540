'use client'

import { clsx } from 'clsx'
import { useLocale, useTranslations } from 'next-intl'
import { useTransition } from 'react'
import { mutate } from 'swr'
import { showToast } from '#components/ui/toast/show-toast'
import { withBasePath } from '#lib/contract/calls/base-path'
import { ProblemError } from '#lib/contract/problem'
import { type Locale, localeCookie, localeNames, locales } from '#lib/messages/locales'
import { useChooseLanguage } from './language.tsx'

const yearSeconds = 365 * 24 * 60 * 60

/** The other language, and what switches to it at once and remembers it. Nothing typed, open or playing is lost. */
export function useLanguageSwitch(locale: Locale) {
  const chooseLanguage = useChooseLanguage()
  const [isSwitching, startSwitch] = useTransition()
  const other = locales.find((one) => one !== locale)!
  const switchTo = async () => {
    try {
      await chooseLanguage(other)
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
  return { other, choose: () => startSwitch(switchTo), isSwitching }
}

export function LanguageSwitch({ className }: { className?: string }) {
  const t = useTranslations('header')
  const { other, choose, isSwitching } = useLanguageSwitch(useLocale())
  return (
    <button
      type="button"
      lang={other}
      aria-busy={isSwitching}
      aria-label={`${t('language')}: ${localeNames[other]}, ${other}`}
      title={localeNames[other]}
      onClick={choose}
      className={clsx(
        'grid size-9 place-items-center rounded-md font-mono text-xs text-soft uppercase hover:text-ink',
        className,
      )}
    >
      {other}
    </button>
  )
}
