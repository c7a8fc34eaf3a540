import type { ImageTarget, Target } from './request.ts'
import {
  animateVerbs,
  anyOf,
  bordered,
  earlierWords,
  hasWord,
  imageNouns,
  lastWords,
  manyWords,
  ordinalWords,
  pointers,
  pointersAtMany,
  previousWords,
  pronouns,
  sameWords,
  startVerbs,
  takeVerbs,
  videoNouns,
  withoutMatch,
} from './vocabulary.ts'

// What of a text points at a video or an image of the conversation.

const videoNoun = anyOf([
  ...videoNouns,
  'version',
  'variant',
  'take',
  'вариант*',
  'версию',
  'верси*',
])
// What may follow an ordinal that means a video: "first snow" is none.
const after = String.raw`(?:\s+(?:${videoNoun})|(?=\s*(?:[,.!?;:]|$))|(?=\s+(?:but|again|now|only|но|только|ещ[её]|теперь)\s))`
const the = String.raw`(?:the\s+)?`
const numbered = bordered(
  String.raw`(?:#|№|number\s+|no\.?\s+|номер\s+|(?:${videoNoun})\s+(?:#|№)?)\s*(\d{1,3})`,
)
const aboutPattern = bordered(
  String.raw`(?:the\s+)?(?:${videoNoun})\s+(?:with|of|about|where|с|со|про|о|об|где)\s+(?:the\s+|an?\s+)?([\p{L}\s]{3,60})`,
)

/** Takes the words that point at a video out of a text. */
export function readTarget(text: string): { target: Target | undefined; rest: string } {
  for (const { pattern, target } of videoPointers()) {
    const match = pattern.exec(text)
    if (match) return { target: target(match), rest: withoutMatch(text, match) }
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

function videoPointers(): Pointer[] {
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

const ordinals = Object.values(ordinalWords).flat()
const which = anyOf([...ordinals, ...lastWords, ...previousWords, ...sameWords])
const imageNoun = anyOf(imageNouns)
const earlier = anyOf(earlierWords)
const any = String.raw`(?:(?:${anyOf([...pointers, ...manyWords, 'an?'])})\s+){0,3}`
const pointed = String.raw`(?:(?:${anyOf([...pointers, ...manyWords])})\s+){1,3}`
const place = String.raw`(?:\s+(?:#|№|number\s+|номер\s+)?\d{1,3})?`
// "The picture on the wall" is a part of the scene.
const ends = String.raw`(?!\s+(?:of|on|in|про|на|в|с)(?!\p{L}))`
const image = String.raw`${any}(?:${which}\s+)?${imageNoun}${place}(?:,?\s+${earlier})?`
const pointedImage = String.raw`(?:${pointed}(?:${which}\s+)?|${which}\s+)${imageNoun}${place}(?:,?\s+${earlier})?${ends}`
const purpose = String.raw`(?:\s+(?:to life|come (?:alive|to life)|(?:in)?to (?:an?\s+)?(?:video|clip|film|movie)|в\s+(?:видео|ролик|клип|фильм)))?`
const pronoun = anyOf([
  'this',
  'that',
  'it',
  'them',
  'these',
  'those',
  'его',
  'её',
  'ее',
  'их',
  'это',
])

const patterns = [
  `^${anyOf(animateVerbs)}\\s+(?:${image}|${pronoun})${purpose}`,
  `^${anyOf(animateVerbs)}$`,
  `^bring\\s+(?:${image}|${pronoun})\\s+(?:back\\s+)?to life`,
  `^${anyOf(takeVerbs)}\\s+(?:with\\s+|from\\s+)?${image}${ends}${purpose}`,
  `^${anyOf(startVerbs)}\\s+(?:with\\s+|from\\s+|с\\s+|из\\s+)?${pointedImage}${purpose}`,
  String.raw`(?:from|out of|using|based on|starting (?:with|from)|beginning with|из|на основе|используя|начиная с)\s+${image}${ends}`,
  String.raw`(?:with|of|for|on|по|с|со|для)\s+${pointedImage}`,
  String.raw`(?:the\s+)?${which}\s+${imageNoun}(?:,?\s+${earlier})?${ends}`,
  String.raw`${any}${imageNoun}(?:\s+(?:#|№|number\s+|номер\s+)?\d{1,3}|,?\s+${earlier})`,
].map((pattern) => bordered(`(?:${pattern})`))

const loose = /^[\s,.;:!?-]+|[\s,;:-]+$/gu
const joint = /^(?:with|and|so that|so|then|where|to|чтобы|пусть|и|с|где)\s+/iu

/** Takes the words that point at an image of the conversation out of a text. */
export function readImageTarget(text: string): { image: ImageTarget | undefined; rest: string } {
  for (const pattern of patterns) {
    const match = pattern.exec(text)
    if (!match) continue
    const rest = withoutMatch(text, match)
    return { image: imageTargetOf(match[0]), rest: rest.replaceAll(loose, '').replace(joint, '') }
  }
  return { image: undefined, rest: text }
}

function imageTargetOf(words: string): ImageTarget {
  const digits = /\d{1,3}/.exec(words)
  if (digits) return { kind: 'number', number: Number(digits[0]) }
  const ordinal = Object.entries(ordinalWords).find(([, entries]) => hasWord(words, entries))
  if (ordinal) return { kind: 'number', number: Number(ordinal[0]) }
  if (hasWord(words, sameWords)) return { kind: 'same' }
  if (hasWord(words, [...previousWords, ...earlierWords])) return { kind: 'earlier' }
  return hasWord(words, [...manyWords, ...pointersAtMany]) ? { kind: 'all' } : { kind: 'this' }
}
