const lettersAtMost = 60
// File systems take 255 bytes; what browsers add while loading, or to a second copy, has to fit in too.
const bytesAtMost = 200
const encoder = new TextEncoder()
const letters = new Intl.Segmenter('und', { granularity: 'grapheme' })

const sayable = /[\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]/u
// Some signs join the character that follows them, whatever it is.
const unsayable = /(?!\p{Extended_Pictographic}|\p{Emoji_Modifier})[\p{P}\p{S}\p{Z}]/u
// Vowel signs of Burmese and its neighbours, which segmenters part from their letter.
const apart = /^\p{M}+$/u
// Joiners, variation selectors and tags shape the letters they follow; the others cannot be seen, or turn text around.
const unseen =
  /(?!\u200C|\u200D|[\uFE00-\uFE0F]|[\u{E0020}-\u{E007F}])[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cs}]/gu
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

/** The letters of a name, each with its signs, those of every run of other characters as one hyphen. */
function hyphenated(prompt: string) {
  const text = prompt.normalize('NFC').replace(unseen, ' ')
  const shown: string[] = []
  for (const { segment } of letters.segment(text)) {
    const last = shown.at(-1) ?? '-'
    if (sayable.test(segment) && !unsayable.test(segment)) shown.push(segment)
    else if (last === '-') continue
    else if (apart.test(segment)) shown[shown.length - 1] = last + segment
    else shown.push('-')
  }
  return shown
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
