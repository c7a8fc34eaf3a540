import type { Target } from './request.ts'
import { lastWords, ordinalWords, previousWords, pronouns, videoNouns } from './vocabulary.ts'
import { anyOf, bordered } from './word-pattern.ts'

const noun = anyOf([...videoNouns, 'version', 'variant', 'take', 'вариант*', 'версию', 'верси*'])
// What may follow an ordinal that means a video: "first snow" is none.
const after = String.raw`(?:\s+(?:${noun})|(?=\s*(?:[,.!?;:]|$))|(?=\s+(?:but|again|now|only|но|только|ещ[её]|теперь)\s))`
const the = String.raw`(?:the\s+)?`
const numbered = bordered(
  String.raw`(?:#|№|number\s+|no\.?\s+|номер\s+|(?:${noun})\s+(?:#|№)?)\s*(\d{1,3})`,
)
const aboutPattern = bordered(
  String.raw`(?:the\s+)?(?:${noun})\s+(?:with|of|about|where|с|со|про|о|об|где)\s+(?:the\s+|an?\s+)?([\p{L}\s]{3,60})`,
)

/** Takes the words that point at a video out of a text. */
export function readTarget(text: string): { target: Target | undefined; rest: string } {
  for (const { pattern, target } of pointers()) {
    const match = pattern.exec(text)
    if (match)
      return {
        target: target(match),
        rest: `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`,
      }
  }
  return { target: undefined, rest: text }
}

/** The video that a text describes: "the one with the cat". */
export function readDescribed(text: string): Target | undefined {
  const words = aboutPattern
    .exec(text)?.[1]
    ?.split(/\s+/)
    .filter((word) => word.length > 2)
  return words && words.length > 0 ? { kind: 'words', words } : undefined
}

interface Pointer {
  pattern: RegExp
  target: (match: RegExpExecArray) => Target
}

let known: Pointer[] | undefined

function pointers(): Pointer[] {
  return (known ??= [
    { pattern: numbered, target: (match) => ({ kind: 'number', number: Number(match[1]) }) },
    ...Object.entries(ordinalWords).map(([number, words]) => ({
      pattern: bordered(`${the}${anyOf(words)}${after}`),
      target: () => ({ kind: 'number', number: Number(number) }) as const,
    })),
    {
      pattern: bordered(`${the}${anyOf(previousWords)}${after}`),
      target: () => ({ kind: 'previous' }),
    },
    { pattern: bordered(`${the}${anyOf(lastWords)}${after}`), target: () => ({ kind: 'last' }) },
    { pattern: bordered(anyOf(pronouns)), target: () => ({ kind: 'last' }) },
  ])
}
