'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { mutate } from 'swr'
import { withBasePath } from '#lib/contract/calls/base-path'
import { localeCookie, localeNames, locales } from '#lib/messages/locales'

const yearSeconds = 365 * 24 * 60 * 60

/** Switches to the other language at once. The page stays as it is, so nothing typed or playing is lost. */
export function LanguageSwitch() {
  const t = useTranslations('header')
  const router = useRouter()
  const [isSwitching, startSwitch] = useTransition()
  const locale = useLocale()
  const other = locales.find((one) => one !== locale)!
  const choose = () => {
    const path = withBasePath('') || '/'
    document.cookie = `${localeCookie}=${other}; path=${path}; max-age=${yearSeconds}; samesite=lax`
    startSwitch(() => router.refresh())
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
      onClick={choose}
      className="grid size-9 place-items-center rounded-md font-mono text-xs text-soft uppercase hover:text-ink"
    >
      {other}
    </button>
  )
}
