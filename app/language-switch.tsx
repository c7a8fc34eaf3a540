'use client'

import { clsx } from 'clsx'
import { useLocale, useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { mutate } from 'swr'
import { withBasePath } from '#lib/contract/calls/base-path'
import { type Locale, localeCookie, localeNames, locales } from '#lib/messages/locales'

const yearSeconds = 365 * 24 * 60 * 60

/** The other language, and what switches to it at once. The page stays as it is: nothing typed or playing is lost. */
export function useLanguageSwitch(locale: Locale) {
  const router = useRouter()
  const [isSwitching, startSwitch] = useTransition()
  const other = locales.find((one) => one !== locale)!
  const choose = () => {
    const path = withBasePath('') || '/'
    document.cookie = `${localeCookie}=${other}; path=${path}; max-age=${yearSeconds}; samesite=lax`
    startSwitch(() => router.refresh())
    // Answers that hold words are read again, in the new language.
    void mutate(() => true)
  }
  return { other, choose, isSwitching }
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
