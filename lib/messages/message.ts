import type { MessageKeys, NestedKeyOf } from 'use-intl'
import type english from './en.json'

export type Messages = typeof english
/** The full path of a message, as in `errors.notFound`. */
export type MessageKey = MessageKeys<Messages, NestedKeyOf<Messages>>

/**
 * A value inside a message. What is written differently in each language is named by what it is: a price in dollars, a
 * balance in dollars, a duration in seconds, bytes, a moment or a day as ISO 8601, a list, several sentences, or another message.
 */
export type MessageValue =
  | string
  | number
  | { usd: number }
  | { balanceUsd: number }
  | { seconds: number }
  | { bytes: number }
  | { moment: string }
  | { date: string }
  | { list: readonly Sentence[]; link?: 'and' | 'or' }
  | { sentences: readonly Sentence[] }
  | MessageRef

/**
 * A sentence as data: the key of a message and its values. It is stored and sent like this, and becomes words in the
 * reader's language only where it is read (`say`). No decision reads it.
 */
export interface MessageRef {
  key: MessageKey
  values?: Record<string, MessageValue>
}

export function message(key: MessageKey, values?: Record<string, MessageValue>): MessageRef {
  return values ? { key, values } : { key }
}

/** A message, or words as they are: those of a version before messages, or of another program. */
export type Sentence = MessageRef | string

export function isMessageRef(value: unknown): value is MessageRef {
  return typeof (value as MessageRef | null)?.key === 'string'
}

/** A sentence that is about an image, where it may be about a video as well: it then says so. */
export function ofKind(sentence: MessageRef, kind: 'video' | 'image'): MessageRef
export function ofKind(sentence: Sentence, kind: 'video' | 'image'): Sentence
export function ofKind(sentence: Sentence, kind: 'video' | 'image'): Sentence {
  if (kind === 'video' || !isMessageRef(sentence)) return sentence
  return { ...sentence, values: { ...sentence.values, kind } }
}
