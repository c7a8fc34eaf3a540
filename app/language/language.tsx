'use client'

import { NextIntlClientProvider, useTranslations } from 'next-intl'
import {
  createContext,
  type ReactNode,
  startTransition,
  use,
  useCallback,
  useEffect,
  useState,
} from 'react'
import { loadPart } from '#lib/contract/problem'
import type { Locale } from '#lib/messages/locales'
import type { Messages } from '#lib/messages/message'

interface Words {
  locale: Locale
  messages: Messages
}

interface LanguageProps extends Words {
  children: ReactNode
}

/**
 * The language of a page: that of its request until another one is chosen. Then the messages change in place. Nothing
 * is mounted again, so what is typed, open or playing goes on.
 */
export function Language({ locale, messages, children }: LanguageProps) {
  const [words, setWords] = useState({ locale, messages })
  const choose = useCallback(
    async (other: Locale) => {
      const isOfRequest = other === locale
      const next = isOfRequest ? messages : await loadPart(load[other]())
      startTransition(() => setWords({ locale: other, messages: next }))
    },
    [locale, messages],
  )
  useEffect(() => {
    document.documentElement.lang = words.locale
  }, [words.locale])
  return (
    <NextIntlClientProvider timeZone="UTC" {...words}>
      <ChooseLanguage value={choose}>
        <Description />
        {children}
      </ChooseLanguage>
    </NextIntlClientProvider>
  )
}

/** A page is sent with the messages of one language. */
const load: Record<Locale, () => Promise<Messages>> = {
  en: async () => (await import('../../lib/messages/en.json')).default,
  ru: async () => (await import('../../lib/messages/ru.json')).default,
}

const ChooseLanguage = createContext<(other: Locale) => Promise<void>>(() => Promise.resolve())

/** Changes the language of the page. Rejects with `ProblemError` where its messages cannot be loaded. */
export function useChooseLanguage() {
  return use(ChooseLanguage)
}

function Description() {
  const t = useTranslations('page')
  return <meta name="description" content={t('description')} />
}
