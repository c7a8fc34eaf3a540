import * as z from 'zod/mini'

// All controls but tab and line breaks: a database cannot keep NUL, and a terminal obeys the others.
const controls = /[^\P{Cc}\t\n\r]/gu
// White space, what is to be ignored where it is not known, the empty cell of braille, the empty note head, the anchors
// of annotations, and what Unicode promises never to be a character.
const invisible =
  /^[\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800\u{1D159}\uFFF9-\uFFFC\p{Noncharacter_Code_Point}]*$/u

/** A text as it can be kept, sent on and shown: without control characters and halves of surrogate pairs. */
export function plainText(text: string): string {
  return text.replace(controls, '').toWellFormed()
}

/** Whether nothing of a text can be seen, however many characters it has. */
export function isBlank(text: string): boolean {
  return invisible.test(text)
}

/** For the schemas of requests: makes a text plain and trims it; one of invisible characters only is empty. */
export function plain() {
  return z.overwrite<string>((text) => (isBlank(text) ? '' : plainText(text).trim()))
}
