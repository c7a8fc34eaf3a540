/** A text as the pattern that finds it anywhere, literally. */
export function likePattern(text: string) {
  return `%${text.replaceAll('\0', '').replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
}
