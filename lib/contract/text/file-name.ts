const lettersAtMost = 60
// File systems take 255 bytes; what browsers add while loading, or to a second copy, has to fit in too.
const bytesAtMost = 200
const encoder = new TextEncoder()
const letters = new Intl.Segmenter('und', { granularity: 'grapheme' })

const sayable = /[\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]/u
// Some signs join the character that follows them, whatever it is.
const unsayable = /(?!\p{Extended_Pictographic}|\p{Emoji_Modifier})[\p{P}\p{S}\p{Z}]/u
// Vowel signs that Unicode counts as letters of their own: those of Burmese, among others.
const vowelSign = /^\p{M}/u
// Where a word ends in scripts without spaces, where the direction of writing turns, and halves of a letter.
const wordEnds = /[\u200B\p{Bidi_Control}\p{Cs}]/gu
// Joiners, variation selectors and tags shape the letters they follow; the others cannot be seen, or turn text around.
const unseen =
  /(?!\u200C|\u200D|[\u180B-\u180D\u180F]|[\uFE00-\uFE0F]|[\u{E0020}-\u{E007F}])[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu
// Windows keeps these for devices, whatever extension they have.
const reserved = /^(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])$/i

/**
 * The words of a prompt as the name of a file, on any system: whole letters of every script with their vowel signs,
 * hyphens between words, cut at a word where that is near. `video` where there is nothing to say.
 */
export function fileName(prompt: string, extension: string): string {
  const name = cut(hyphenated(prompt), bytesAtMost - bytesOf(extension))
  if (!name) return `video${extension}`
  return reserved.test(name) ? `video-${name}${extension}` : `${name}${extension}`
}

/** The same for software that reads only ASCII: without accents, and without the letters that have no ASCII form. */
export function asciiFileName(prompt: string, extension: string): string {
  return fileName(
    prompt
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .replace(/[^\x20-\x7E]/g, ' '),
    extension,
  )
}

function isSayable(segment: string) {
  return sayable.test(segment) && !unsayable.test(segment)
}

/** The letters of a name, each with its signs, those of every run of other characters as one hyphen. */
function hyphenated(prompt: string) {
  const text = prompt.normalize('NFC').replace(wordEnds, ' ').replace(unseen, '')
  const shown: string[] = []
  for (const { segment } of letters.segment(text)) {
    const isSign = vowelSign.test(segment) && shown.length > 0 && shown.at(-1) !== '-'
    shown.push(isSign || isSayable(segment) ? segment : '-')
  }
  return shown.filter((letter, place) => letter !== '-' || (place > 0 && shown[place - 1] !== '-'))
}

function cut(name: readonly string[], bytes: number) {
  let [size, end] = [0, 0]
  while (end < name.length && end < lettersAtMost && size + bytesOf(name[end]!) <= bytes)
    size += bytesOf(name[end++]!)
  const word = name.lastIndexOf('-', end)
  const isWhole = end === name.length || word < end / 2
  return name
    .slice(0, isWhole ? end : word)
    .join('')
    .replace(/^-+|-+$/g, '')
}

function bytesOf(text: string) {
  return encoder.encode(text).length
}
