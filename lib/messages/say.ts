import { type Format, formatOf } from './format.ts'
import type { Locale } from './locales.ts'
import { type MessageValue, type Sentence, isMessageRef } from './message.ts'

/** Looks a message up by its full path; both translators of the library are such functions. */
export type Translate = (key: never, values?: never) => string

/**
 * The words of a message in a language. `nowMs` decides whether a moment is told with its day. A message that speaks of a
 * video speaks of an image where it, or the message it is in, is of that `kind`.
 */
export function say(
  { translate, locale, nowMs }: { translate: Translate; locale: Locale; nowMs: number },
  sentence: Sentence,
): string {
  const format = formatOf(locale)
  const speak = (inner: Sentence, outer: MessageValue = 'video'): string => {
    if (typeof inner === 'string') return inner
    const { kind = outer, ...others } = inner.values ?? {}
    const speakInner = (one: Sentence) => speak(one, kind)
    const values = Object.entries(others).map(
      ([name, value]) => [name, inWords(value, format, nowMs, speakInner)] as const,
    )
    return translate(inner.key as never, Object.fromEntries([...values, ['kind', kind]]) as never)
  }
  return speak(sentence)
}

function inWords(
  value: MessageValue,
  format: Format,
  nowMs: number,
  speak: (inner: Sentence) => string,
): string | number {
  if (typeof value !== 'object') return value
  if (isMessageRef(value)) return speak(value)
  if ('usd' in value) return format.money(value.usd)
  if ('balanceUsd' in value) return format.balance(value.balanceUsd)
  if ('seconds' in value) return format.span(value.seconds)
  if ('bytes' in value) return format.bytes(value.bytes)
  if ('moment' in value) return format.moment(value.moment, nowMs)
  if ('date' in value) return format.date(value.date)
  if ('sentences' in value) return value.sentences.map((one) => speak(one)).join(' ')
  const words = value.list.map((one) => (typeof one === 'string' ? one : speak(one)))
  return format.list(words, value.link)
}
