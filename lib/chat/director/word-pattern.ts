// Lists that are made on the fly are forgotten with them.
const known = new WeakMap<readonly string[], RegExp>()

/**
 * Vocabulary as one pattern: any of its entries, at word borders. `\b` knows Latin letters only, so the borders are
 * spelled out.
 */
export function wordPattern(entries: readonly string[]): RegExp {
  const pattern = known.get(entries) ?? compile(entries)
  known.set(entries, pattern)
  return pattern
}

/** Whether a text has one of the entries. */
export function hasWord(text: string, entries: readonly string[]) {
  return wordPattern(entries).test(text)
}

/** Whether a text is nothing but one of the entries, save for punctuation. */
export function isOnly(text: string, entries: readonly string[]) {
  return without(text, entries).replaceAll(/[^\p{L}\p{N}]/gu, '') === ''
}

/** A text that has lost every one of the entries. */
export function without(text: string, entries: readonly string[]) {
  return text.replaceAll(new RegExp(wordPattern(entries), 'giu'), ' ')
}

/** Entries as a piece of a pattern, the longest first. */
export function anyOf(entries: readonly string[]) {
  const longestFirst = entries.toSorted((a, b) => b.length - a.length)
  return `(?:${longestFirst.map((entry) => entry.replaceAll(/(?<=\p{L})\*/gu, String.raw`\p{L}*`)).join('|')})`
}

/** A pattern between word borders. */
export function bordered(pattern: string, flags = 'iu') {
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${pattern}(?![\p{L}\p{N}])`, flags)
}

function compile(entries: readonly string[]) {
  return bordered(anyOf(entries))
}
