// All controls but tab and line breaks: a database cannot keep NUL, and a terminal obeys the others.
const controls = /[^\P{Cc}\t\n\r]/gu
// White space, what is to be ignored where it is not known, what only shapes other characters, the empty cell of braille,
// the empty note head, what stands for an object or for what was lost, halves of surrogate pairs, and what Unicode
// promises never to be a character.
const invisible =
  /^[\s\p{Cc}\p{Cf}\p{Cs}\p{M}\p{Default_Ignorable_Code_Point}\u2800\u{1D159}\uFFFC\uFFFD\p{Noncharacter_Code_Point}]*$/u

/** A text as it can be kept, sent on and shown: without control characters and halves of surrogate pairs. */
export function plainText(text: string): string {
  return text.replace(controls, '').toWellFormed()
}

// They turn what stands behind them around, beyond the end of a name too.
const directions = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g

/** A name as it can stand within a sentence: plain, on one line, and without a direction that goes on behind it. */
export function plainName(text: string): string {
  return plainText(text).replace(directions, '').replaceAll(/\s+/g, ' ').trim()
}

/** Whether nothing of a text can be seen, however many characters it has. */
export function isBlank(text: string): boolean {
  return invisible.test(text)
}

/** Longest prompt of a video, in characters. */
export const promptMaxLength = 4000
export const negativePromptMaxLength = 2000

/** How many characters of a text count: those that are kept, in Unicode code points, as zod counts them. */
export function lengthOf(text: string) {
  return Array.from(plainText(text).trim()).length
}

const letters = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** The beginning of a text, of at most `max` characters as they are counted; no letter is cut in two. */
export function beginningOf(text: string, max: number) {
  let size = 0
  for (const { segment, index } of letters.segment(text)) {
    size += Array.from(segment).length
    if (size <= max) continue
    // A letter that alone is longer has no whole beginning.
    return index > 0 ? text.slice(0, index) : Array.from(segment).slice(0, max).join('')
  }
  return text
}
