/** "a", "a and b", "a, b and c". */
export function joinedWords(words: readonly string[]) {
  return [words.slice(0, -1).join(', '), ...words.slice(-1)].filter(Boolean).join(' and ')
}
