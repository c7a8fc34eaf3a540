/** "a", "a and b", "a, b and c". */
export function joinedWords(words: readonly string[], link: 'and' | 'or' = 'and') {
  return [words.slice(0, -1).join(', '), ...words.slice(-1)].filter(Boolean).join(` ${link} `)
}
