import { beginningOf, lengthOf, plainText } from '#lib/contract/text/plain-text'
import type { ChatMessage } from '#lib/contract/chat'
import { isMakePart } from '#lib/contract/chat-tools'
import { withoutReasoning } from '#lib/contract/text/reasoning'
import { searchable } from '#lib/contract/text/searchable'
import { message } from '#lib/messages/message'
import type { FieldFault } from '../errors.ts'

const titleMaxLength = 60

/** A title made from the first message: its first words, cut where a word ends. */
export function titleOf(text: string) {
  const line = text.replace(/\s+/g, ' ').trim()
  if (lengthOf(line) <= titleMaxLength) return line
  const cut = beginningOf(line, titleMaxLength - 1)
  const end = cut.lastIndexOf(' ')
  return `${end > cut.length / 2 ? cut.slice(0, end) : cut}…`
}

/** What a message can be found by: its texts, and the prompts of the videos it asked for. */
export function searchText(parts: ChatMessage['parts']) {
  const texts = parts.flatMap((part) => {
    if (part.type === 'text') return withoutReasoning(part.text)
    if (isMakePart(part)) return part.input?.prompt ?? []
    return []
  })
  return searchable(texts.join('\n'))
}

/**
 * A value as PostgreSQL can keep it in jsonb: no control characters and no half of a surrogate pair in any of its texts. Models write
 * the former, streams cut the latter.
 */
export function storable<T>(value: T): T {
  if (typeof value === 'string') return plainText(value) as T
  if (Array.isArray(value)) return value.map(storable) as T
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, one]) => [storable(name), storable(one)])
  return Object.fromEntries(entries) as T
}

/** What is wrong, each once and without the names of fields: a user of the chat has filled in none. */
export function reasonsOf(fields: readonly FieldFault[]) {
  const reasons = new Map(fields.map(({ message: says }) => [JSON.stringify(says), says]))
  return message('chat.sentences', { sentences: { sentences: [...reasons.values()] } })
}
