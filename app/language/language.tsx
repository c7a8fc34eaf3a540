'use client'

import { NextIntlClientProvider, useTranslations } from 'next-intl'
import {
  createContext,
  type ReactNode,
  startTransition,
  use,
  useCallback,
  useEffect,
  useMemo,
  useState,
} from 'react'
import { loadPart } from '#lib/contract/problem'
import type { Locale } from '#lib/messages/locales'
import type { Messages } from '#lib/messages/message'

interface Words {
  locale: Locale
  messages: Messages
}

interface Choice {
  /** As they are now; `isWhole` where they hold those of every page. */
  words: Words & { isWhole: boolean }
  choose(other: Locale): Promise<void>
}

interface LanguageProps extends Words {
  children: ReactNode
}

/**
 * The language of a page: that of its request until another one is chosen. Then the messages change in place. Nothing
 * is mounted again, so what is typed, open or playing goes on.
 */
export function Language({ locale, messages, children }: LanguageProps) {
  const [words, setWords] = useState({ locale, messages, isWhole: false })
  const choose = useCallback(async (other: Locale) => {
    const next = { locale: other, messages: await loadPart(load[other]()), isWhole: true }
    startTransition(() => setWords(next))
  }, [])
  const [offered, setOffered] = useState<Words | null>(null)
  // What was said with the words of the page before may still be on the screen.
  const offer = useCallback((more: Words) => setOffered((before) => joined(before, more)), [])
  const choice = useMemo(() => ({ words, choose }), [words, choose])
  useEffect(() => {
    document.documentElement.lang = words.locale
  }, [words.locale])
  return (
    <LanguageChoice value={choice}>
      <NextIntlClientProvider timeZone="UTC" locale={words.locale} messages={words.messages}>
        <Description />
        <OfferWords value={offer}>
          <OfferedWords value={offered}>{children}</OfferedWords>
        </OfferWords>
      </NextIntlClientProvider>
    </LanguageChoice>
  )
}

/** Gives what is inside messages that the rest of the page does without, in the language of the page. */
export function MoreWords({ children, ...given }: LanguageProps) {
  const { words } = use(LanguageChoice)
  const offer = use(OfferWords)
  const { locale, messages } = words.isWhole && given.locale !== words.locale ? words : given
  useEffect(() => offer({ locale, messages }), [offer, locale, messages])
  return (
    <NextIntlClientProvider timeZone="UTC" locale={locale} messages={messages}>
      {children}
    </NextIntlClientProvider>
  )
}

function joined(before: Words | null, more: Words): Words {
  if (before?.locale !== more.locale) return more
  return { ...more, messages: { ...before.messages, ...more.messages } }
}

/** Gives what is drawn outside of the parts of a page with more words, such as toasts, the words of those parts too. */
export function AllWords({ children }: { children: ReactNode }) {
  const { words } = use(LanguageChoice)
  const offered = use(OfferedWords)
  const { locale, messages } = offered?.locale === words.locale ? offered : words
  return (
    <NextIntlClientProvider timeZone="UTC" locale={locale} messages={messages}>
      {children}
    </NextIntlClientProvider>
  )
}

const OfferWords = createContext<(more: Words) => void>(() => {})
const OfferedWords = createContext<Words | null>(null)

/** A page is sent with the messages of one language. */
const load: Record<Locale, () => Promise<Messages>> = {
  en: async () => (await import('../../lib/messages/en.json')).default,
  ru: async () => (await import('../../lib/messages/ru.json')).default,
}

const LanguageChoice = createContext<Choice>({
  words: { locale: 'en', messages: {} as Messages, isWhole: false },
  choose: () => Promise.resolve(),
})

/** Changes the language of the page. Rejects with `ProblemError` where its messages cannot be loaded. */
export function useChooseLanguage() {
  return use(LanguageChoice).choose
}

function Description() {
  const t = useTranslations('page')
  return <meta name="description" content={t('description')} />
}
