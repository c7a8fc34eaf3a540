// What a user said that no improvement may lose: lines in quotes, numbers, names, what is excluded, and the language.

const quotes = /"[^"]+"|“[^”]+”|«[^»]+»|„[^“”]+[“”]/gu
const numbers = /\d+(?:[.,:/×x]\d+)*/gu
const words = /[@#]?\p{L}[\p{L}\p{M}\p{N}’'-]*/gu
const negations = new Set(
  'no not never without nobody nothing none neither nor не ни нет без никогда никто ничего'.split(
    ' ',
  ),
)
const negated = /n['’]t$/iu

/** What of a prompt is missing in what was made of it, in the words of the prompt; empty where all is kept. */
export function lostOf(before: string, after: string): string[] {
  const kept = after.normalize('NFC')
  return [
    ...quotedIn(before).filter((line) => !unquoted(kept).includes(line)),
    ...numbersOf(before).filter((number) => !numbersOf(kept).includes(number)),
    ...namesIn(before).filter((name) => !hasStem(kept, name)),
    ...excludedIn(before).filter((excluded) => !isStillExcluded(kept, excluded)),
    ...(scriptOf(before) === scriptOf(after) ? [] : [scriptOf(before)]),
  ]
}

/** The lines in quotes, as spoken. */
function quotedIn(text: string) {
  return (text.normalize('NFC').match(quotes) ?? []).map((line) => unquoted(line))
}

function unquoted(text: string) {
  return text.replaceAll(/["“”«»„]/gu, '')
}

function numbersOf(text: string): string[] {
  return text.match(numbers) ?? []
}

function wordsIn(text: string): string[] {
  return text.normalize('NFC').match(words) ?? []
}

/** Words with a capital that no sentence begins with, and handles and tags. */
function namesIn(text: string) {
  const bare = text.normalize('NFC').replaceAll(quotes, ' ')
  return bare
    .split(/[.!?…]\s+|\n+/u)
    .flatMap((sentence) => wordsIn(sentence).slice(1).concat(wordsIn(sentence).filter(isMark)))
    .filter((word) => isMark(word) || /^\p{Lu}/u.test(word))
}

function isMark(word: string) {
  return word.startsWith('@') || word.startsWith('#')
}

/** A word whatever ending its case gives it: Russian declines names too. */
function stemOf(word: string) {
  const plain = word.toLowerCase().replaceAll('ё', 'е')
  return plain.length <= 4 ? plain.slice(0, 3) : plain.slice(0, Math.max(4, plain.length - 2))
}

function hasStem(text: string, word: string) {
  const stem = stemOf(word)
  return wordsIn(text).some(
    (one) => stemOf(one).startsWith(stem) || one.toLowerCase().startsWith(stem),
  )
}

/** What follows a word that excludes: `no people`, `без людей`. */
function excludedIn(text: string) {
  const all = wordsIn(text.replaceAll(quotes, ' '))
  return all.flatMap((word, index) => {
    if (!excludes(word)) return []
    const next = all.slice(index + 1).find((one) => one.length > 2 && !excludes(one))
    return next ? [next] : []
  })
}

function excludes(word: string) {
  return negations.has(word.toLowerCase()) || negated.test(word)
}

/** Whether a word stands close behind one that excludes. */
function isStillExcluded(text: string, excluded: string) {
  const all = wordsIn(text)
  return all.some(
    (word, index) =>
      stemOf(word).startsWith(stemOf(excluded)) &&
      all.slice(Math.max(0, index - 4), index).some(excludes),
  )
}

const scripts = [
  'Latin',
  'Cyrillic',
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Arabic',
  'Hebrew',
  'Greek',
  'Devanagari',
  'Thai',
]

/** The script most letters of a text are in, lines in quotes aside. */
export function scriptOf(text: string) {
  const bare = text.replaceAll(quotes, ' ')
  const countOf = (script: string) =>
    (bare.match(new RegExp(`\\p{Script=${script}}`, 'gu')) ?? []).length
  const counted = scripts.map((script) => ({ script, count: countOf(script) }))
  const most = counted.toSorted((a, b) => b.count - a.count)[0]!
  return most.count > 0 ? most.script : ''
}
