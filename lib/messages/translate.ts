import { createTranslator } from 'use-intl/core'
import english from './en.json' with { type: 'json' }
import { processWide } from '../process-wide.ts'
import { type Locale, localeOf } from './locales.ts'
import { type Messages, type Sentence, isMessageRef } from './message.ts'
import russian from './ru.json' with { type: 'json' }
import { type Translate, say } from './say.ts'
import { stretched } from './stretch.ts'

/** Every message of each language, for the server; a page gets those of its reader's language only. */
const catalogues: Record<Locale, Messages> = { en: english, ru: russian }

export function messagesOf(locale: Locale): Messages {
  return isStretched().value ? stretched(catalogues[locale]) : catalogues[locale]
}

/** Makes every message of this process a third longer, before the first use of one. For tests of the screens. */
export function stretchMessages() {
  isStretched().value = true
}

function isStretched() {
  return processWide('stretched messages', () => ({ value: false }))
}

const translators = new Map<Locale, Translate>()

function translatorOf(locale: Locale): Translate {
  const known = translators.get(locale)
  if (known) return known
  const made = createTranslator({ locale, messages: messagesOf(locale) }) as Translate
  translators.set(locale, made)
  return made
}

/** The words of a message in a language. */
export function sayIn(locale: Locale, sentence: Sentence, nowMs = Date.now()) {
  return say({ translate: translatorOf(locale), locale, nowMs }, sentence)
}

/** The words of a message for programs, logs and whatever has no reader's language. */
export function inEnglish(sentence: Sentence) {
  if (typeof sentence === 'string') return sentence
  const key = JSON.stringify(sentence)
  const known = said.get(key)
  if (known !== undefined) return known
  const words = sayIn('en', sentence)
  if (said.size >= saidAtMost) said.clear()
  // How a moment is told depends on the moment it is told at.
  if (!key.includes('"moment"')) said.set(key, words)
  return words
}

// Every view says the same few sentences again and again: in a list, a poll, a stream.
const said = new Map<string, string>()
const saidAtMost = 2_000

/** The words of a message in the language of a request. */
export function sayTo(headers: Pick<Headers, 'get'>, sentence: Sentence) {
  return sayIn(localeOf(headers), sentence)
}

/** An answer with its sentences in words, in the language of a request: whatever in it is a message, however deep. */
export function inWords<T>(headers: Pick<Headers, 'get'>, answer: T): T {
  const locale = localeOf(headers)
  const worded = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(worded)
    if (isMessageRef(value)) return sayIn(locale, value)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, worded(one)]))
  }
  return worded(answer) as T
}
