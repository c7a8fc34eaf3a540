import { beginningOf, lengthOf, promptMaxLength } from '#lib/contract/text/plain-text'
import { anyOf, bordered, hasWord, moments } from './vocabulary.ts'

const swap = new RegExp(
  String.raw`^(?:(?:replace|swap|change|замени\p{L}*|поменяй\p{L}*)\s+)?(?:the\s+)?([\p{L} -]{2,40}?)\s+(?:with|to|into|for|на)\s+(.{2,})$`,
  'iu',
)
const leftOver = /[\s,;]+$/u

/** The prompt of a new version: the old one with the change worked in. Where it grows too long, the old one gives way. */
export function newPrompt(old: string, change: string): string {
  if (!change) return old
  const swapped = swapIn(old, change)
  if (swapped !== undefined) return beginningOf(swapped, promptMaxLength)
  const added = beginningOf(change, promptMaxLength)
  const room = promptMaxLength - lengthOf(added) - 2
  const kept = tidy(beginningOf(cleared(old, change), Math.max(0, room)))
  return kept ? `${kept}, ${added}` : added
}

/** "Replace the cat with a dog": only where there is a cat. */
function swapIn(old: string, change: string) {
  const [, before, after] = swap.exec(change) ?? []
  if (!before || !after) return undefined
  const stem = before
    .trim()
    .toLowerCase()
    .slice(0, Math.max(3, before.trim().length - 1))
  const known = bordered(String.raw`(?:(?:an?|the)\s+)?${escape(stem)}\p{L}{0,3}`).exec(old)
  return known ? old.replace(known[0], () => after.trim()) : undefined
}

/** A prompt that has lost what the change says otherwise: it cannot be night and sunset. */
function cleared(old: string, change: string) {
  const gone = Object.values(moments).filter(({ attributes }) => hasWord(change, attributes))
  const rest = gone.reduce((text, { attributes }) => {
    const remaining = tidy(text.replaceAll(bordered(anyOf(attributes), 'giu'), ' '))
    return remaining ? remaining : text
  }, old)
  return tidy(rest)
}

function tidy(text: string) {
  return text
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/\s*,(?:\s*,)+/gu, ',')
    .replaceAll(/\s+,/gu, ',')
    .replace(leftOver, '')
    .replace(/^[\s,]+/u, '')
}

function escape(text: string) {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
