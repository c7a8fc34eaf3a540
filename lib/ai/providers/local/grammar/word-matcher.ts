import { phrases } from './vocabulary.ts'

/** The endings of Russian nouns and adjectives, all cases, numbers and genders. */
const endings =
  `а я о е ы и у ю ь ой ей ом ем ою ею ью ам ям ами ями ах ях ов ев ий ый ая яя ое ее ие ые
  ого его ому ему ую юю ым им ых их ыми ими`
    .trim()
    .split(/\s+/)
const inflected = new Set(['', ...endings])

/**
 * A test for the words of one meaning, in the notation of the vocabulary. Words are expected as `wordsOf` gives them.
 */
export function createWordMatcher(notation: string): (word: string) => boolean {
  const exact = new Set<string>()
  const prefixes: string[] = []
  const stems: string[] = []
  for (const entry of notation.trim().split(/\s+/)) {
    if (entry.endsWith('*')) prefixes.push(entry.slice(0, -1))
    else if (entry.endsWith('~')) stems.push(entry.slice(0, -1))
    else exact.add(entry)
  }
  return (word) =>
    exact.has(word) ||
    prefixes.some((prefix) => word.startsWith(prefix)) ||
    stems.some((stem) => word.startsWith(stem) && inflected.has(word.slice(stem.length)))
}

/** The words of a text, in lower case; `ё` is `е`, since half of those who write Russian do not write it. */
export function wordsOf(text: string): string[] {
  let plain = text.normalize('NFKC').toLowerCase().replaceAll('ё', 'е')
  for (const [phrase, word] of phrases) plain = plain.replace(phrase, word)
  return plain.match(/\p{L}[\p{L}\p{M}-]*/gu) ?? []
}
