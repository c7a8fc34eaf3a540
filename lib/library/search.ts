import { type SQL, and, not, or, sql } from 'drizzle-orm'
import { searchable } from '#lib/contract/text/searchable'

// What is asked for and what is kept go through the same functions of the database (migration 0019), so that both are
// normalised alike: the words are only told apart here.

const termsAtMost = 20

/** A word or a phrase that is looked for, or that must not be there. */
export interface Term {
  words: string
  isPhrase: boolean
  isExcluded: boolean
}

/** The terms of a search: words, `"a phrase"`, `-without`, `-"without a phrase"`. */
export function termsOf(query: string): Term[] {
  const found = searchable(query).matchAll(/(?:(?<=^|\s)(-))?(?:"([^"]*)"?|([^\s"]+))/g)
  return [...found]
    .map(([, minus, phrase, word]) => ({
      words: (phrase ?? word ?? '').replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ').trim(),
      isPhrase: phrase !== undefined,
      isExcluded: minus === '-',
    }))
    .filter(({ words }) => words !== '')
    .slice(0, termsAtMost)
}

/** Which texts a search finds: those with every term. Undefined where nothing is looked for yet. */
export function isFoundBy(query: string): SQL | undefined {
  const terms = termsOf(query)
  if (terms.length === 0) return /[^\s"'-]/.test(searchable(query)) ? sql`false` : undefined
  return and(...terms.map((term) => (term.isExcluded ? not(hasForm(term)!) : hasForm(term))))
}

/** A word is found in any of its forms, or as a part of another; a phrase in any form of its words, side by side. */
function hasForm({ words, isPhrase, isExcluded }: Term): SQL | undefined {
  const said = sql`library_words(${words}::text)`
  const forms = sql`library_text.search @@ (phraseto_tsquery('pg_catalog.simple', ${said})
    || phraseto_tsquery('pg_catalog.russian', ${said}))`
  if (isPhrase) return forms
  if (hasNoSpaces.test(words)) return or(forms, hasPart(said))
  if (isExcluded) return forms
  // Two letters are in too many words to be a part of one: they begin it.
  if (words.length < 3) return or(forms, begins(said))
  return or(forms, hasPart(said))
}

/** Scripts whose writing does not part words: what is looked for is a part of what stands there. */
const hasNoSpaces =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** The index knows the letters in ASCII only, where different words may look the same. */
function hasPart(said: SQL) {
  return sql`(library_text.parts like '%' || library_parts(${said}) || '%'
    and library_text.words like '%' || ${said} || '%')`
}

/** So short a beginning is of too many words of the index: what the owner has is looked through instead. */
function begins(said: SQL) {
  return sql`' ' || library_text.words like '% ' || ${said} || '%'`
}
