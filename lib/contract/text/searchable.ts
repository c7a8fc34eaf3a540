// Accents of Latin, Greek and Cyrillic, the points of Hebrew, the vowels and tatweel of Arabic: optional in writing.
const optionalMarks =
  /[\u0300-\u036F\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u064B-\u065F\u0670]|\u0640/gu
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Cc}]/gu
const lineBreaks = /[\t-\r\u0085]/
// Letters that are one to a reader and have no decomposition that says so.
const same: Record<string, string> = {
  đ: 'd',
  ħ: 'h',
  ł: 'l',
  ø: 'o',
  ς: 'σ',
  ي: 'ی',
  ى: 'ی',
  ك: 'ک',
}
// Programs write them in place of what is on the keyboard, and NFKC knows them apart.
const apostrophes = /[\u2018-\u201B\u02B9-\u02BD\u02BF\u055A\u05F3\u2032\u2035`\u00B4\uA78C]/g
const quotes = /[\u201C-\u201F\u00AB\u00BB\u2033\u2036\u05F4]/g
const dashes = /(?!\u30A0|\u301C|\u3030)[\p{Pd}\u2212]/gu
const sameLetters = new RegExp(`[${Object.keys(same).join('')}]`, 'g')

/**
 * A text as it is searched for and found: without its case, width, optional marks, invisible characters and kinds of
 * quotes and dashes. `İstanbul`
 * and `istanbul`, `Straße` and `STRASSE`, `ёлка` and `елка` are the same; `й` and `и`, `か` and `が`, `กา` and `กี` are not.
 * Both sides of a comparison go through here, and what the database keeps for searching too.
 */
export function searchable(text: string): string {
  return (
    text
      .normalize('NFKC')
      .replace(unseen, (character) => (lineBreaks.test(character) ? ' ' : ''))
      // By way of the capitals, which hold for letters that have no small form of their own: ß, ŉ, ı.
      // Not at once: the capital ẞ is one already.
      .toLowerCase()
      .toUpperCase()
      .toLowerCase()
      .normalize('NFD')
      .replaceAll('и\u0306', 'й')
      .replace(optionalMarks, '')
      .normalize('NFC')
      .replace(sameLetters, (letter) => same[letter]!)
      .replace(apostrophes, "'")
      .replace(quotes, '"')
      .replace(dashes, '-')
      .replace(/\s+/g, ' ')
      .trim()
  )
}
