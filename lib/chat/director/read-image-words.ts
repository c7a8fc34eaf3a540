import type { ImageTarget } from './request.ts'
import {
  animateVerbs,
  earlierWords,
  imageNouns,
  lastWords,
  manyWords,
  ordinalWords,
  pointers,
  pointersAtMany,
  previousWords,
  sameWords,
  startVerbs,
  takeVerbs,
} from './vocabulary.ts'
import { anyOf, bordered, hasWord } from './word-pattern.ts'

const ordinals = Object.values(ordinalWords).flat()
const which = anyOf([...ordinals, ...lastWords, ...previousWords, ...sameWords])
const noun = anyOf(imageNouns)
const earlier = anyOf(earlierWords)
const any = String.raw`(?:(?:${anyOf([...pointers, ...manyWords, 'an?'])})\s+){0,3}`
const pointed = String.raw`(?:(?:${anyOf([...pointers, ...manyWords])})\s+){1,3}`
const place = String.raw`(?:\s+(?:#|№|number\s+|номер\s+)?\d{1,3})?`
// "The picture on the wall" is a part of the scene.
const ends = String.raw`(?!\s+(?:of|on|in|про|на|в|с)(?!\p{L}))`
const image = String.raw`${any}(?:${which}\s+)?${noun}${place}(?:,?\s+${earlier})?`
const pointedImage = String.raw`(?:${pointed}(?:${which}\s+)?|${which}\s+)${noun}${place}(?:,?\s+${earlier})?${ends}`
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
  String.raw`(?:the\s+)?${which}\s+${noun}(?:,?\s+${earlier})?${ends}`,
  String.raw`${any}${noun}(?:\s+(?:#|№|number\s+|номер\s+)?\d{1,3}|,?\s+${earlier})`,
].map((pattern) => bordered(`(?:${pattern})`))

const loose = /^[\s,.;:!?-]+|[\s,;:-]+$/gu
const joint = /^(?:with|and|so that|so|then|where|to|чтобы|пусть|и|с|где)\s+/iu

/** Takes the words that point at an image of the conversation out of a text. */
export function readImageWords(text: string): { image: ImageTarget | undefined; rest: string } {
  for (const pattern of patterns) {
    const match = pattern.exec(text)
    if (!match) continue
    const rest = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`
    return { image: targetOf(match[0]), rest: rest.replaceAll(loose, '').replace(joint, '') }
  }
  return { image: undefined, rest: text }
}

function targetOf(words: string): ImageTarget {
  const digits = /\d{1,3}/.exec(words)
  if (digits) return { kind: 'number', number: Number(digits[0]) }
  const ordinal = Object.entries(ordinalWords).find(([, entries]) => hasWord(words, entries))
  if (ordinal) return { kind: 'number', number: Number(ordinal[0]) }
  if (hasWord(words, sameWords)) return { kind: 'same' }
  if (hasWord(words, [...previousWords, ...earlierWords])) return { kind: 'earlier' }
  return hasWord(words, [...manyWords, ...pointersAtMany]) ? { kind: 'all' } : { kind: 'this' }
}
