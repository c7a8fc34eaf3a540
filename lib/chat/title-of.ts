const longest = 60

/** A title made from the first message: its first words, cut where a word ends. */
export function titleOf(text: string) {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= longest) return line
  const cut = line.slice(0, longest - 1).toWellFormed()
  const end = cut.lastIndexOf(' ')
  return `${end > longest / 2 ? cut.slice(0, end) : cut.replace(/\uFFFD$/, '')}…`
}
