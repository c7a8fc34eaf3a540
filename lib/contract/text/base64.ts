// Texts of any length are looked through here, without a pattern that repeats without a bound: once a process has compiled
// many patterns, V8 compiles the next ones plainly, and each letter such a repetition takes needs room on a stack of 64 MB.
// "Maximum call stack size exceeded" is then the answer to eight million letters.

/** Whether a text is base64 and nothing else, of the usual letters or of those for addresses. */
export function isBase64(text: string): boolean {
  const padding = text.endsWith('==') ? 2 : Number(text.endsWith('='))
  const letters = text.slice(0, text.length - padding)
  return !/[^\w+/-]/.test(letters)
}

/** The same text without white space. */
export function withoutSpace(text: string): string {
  return text.replaceAll(/\s{1,1000}/g, '')
}
