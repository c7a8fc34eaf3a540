/**
 * A part of a message that the build has compiled (`next.config.mjs`): text, 0 for the number of a plural, or a value
 * by its name: alone, with its kind (1 to 3 choose among texts, 4 to 6 are formats), or with the content of a tag.
 */
type Part = string | number | readonly [string, ...(Part | Choice)[]]
type Text = string | number | readonly Part[]
interface Choice {
  [form: string]: Text
}
interface Group {
  [name: string]: Text | Group
}

/**
 * Messages a third longer, for tests of the screens: what fits in them fits in a wordier language. Values, tags and the
 * syntax of plurals stay as they are.
 */
export function stretched<T extends object>(messages: T): T {
  return stretchGroup(messages as unknown as Group) as unknown as T
}

function stretchGroup(group: Group): Group {
  const stretch = (one: Text | Group) => {
    if (typeof one === 'string') return stretchMessage(one)
    return isList(one) ? one.map(stretchPart) : stretchGroup(one as Group)
  }
  return Object.fromEntries(Object.entries(group).map(([name, one]) => [name, stretch(one)]))
}

/** As it is written. Text stands outside of braces, or within two of them: the forms of a plural. */
function stretchMessage(message: string) {
  let depth = 0
  return message
    .split(/([{}]|<[^>]*>)/)
    .map((part) => {
      if (part === '{') depth += 1
      if (part === '}') depth -= 1
      return depth % 2 === 1 || part.startsWith('<') ? part : stretchText(part)
    })
    .join('')
}

function stretchPart(part: Part): Part {
  if (typeof part === 'string') return stretchText(part)
  if (typeof part === 'number' || Number(part[1]) > 3) return part
  const [name, ...inside] = part
  return [name, ...inside.map((one) => (isChoice(one) ? stretchChoice(one) : stretchPart(one)))]
}

function stretchChoice(choice: Choice): Choice {
  const stretch = (text: Text) =>
    isList(text) ? text.map(stretchPart) : (stretchPart(text) as Text)
  return Object.fromEntries(Object.entries(choice).map(([form, text]) => [form, stretch(text)]))
}

/** Every third letter twice: words grow as they do in other languages, and can still be told apart. */
function stretchText(text: string) {
  let letters = 0
  return text.replaceAll(/\p{L}/gu, (letter) => {
    letters += 1
    return letters % 3 === 0 ? letter + letter : letter
  })
}

function isList(value: unknown): value is readonly Part[] {
  return Array.isArray(value)
}

function isChoice(value: Part | Choice): value is Choice {
  return typeof value === 'object' && !isList(value)
}
