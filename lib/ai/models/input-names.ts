import { type ChatRatio, chatRatios } from '#lib/contract/chat-tools'
import { type Sentence, message } from '#lib/messages/message'
import { catalogue } from './catalogue.ts'

interface Fault {
  field: string
  message: Sentence
}

export interface OurNames {
  /** The same request in the names of this product. What is not known here stays as it is. */
  body: unknown
  faults: Fault[]
}

/**
 * A request that may speak of videos as other interfaces do, in the names of this product: a provider's name of a model,
 * an aspect ratio in a word, `nFrames` for the seconds, `seeds` for the seed. Both spellings of a request are one request:
 * this comes before its schema and before its hash. Both in one request must say the same.
 */
export function inOurNames(body: unknown): OurNames {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return { body, faults: [] }
  const fields: Record<string, unknown> = { ...body }
  const faults: Fault[] = []
  for (const [name, translate] of Object.entries(values))
    if (typeof fields[name] === 'string') fields[name] = translate(fields[name])
  for (const [name, { as, read, says }] of Object.entries(otherNames)) {
    if (!(name in fields)) continue
    const value = read(fields[name])
    delete fields[name]
    if (value === undefined) faults.push({ field: name, message: says() })
    else if ((fields[as] ?? undefined) === undefined) fields[as] = value
    else if (fields[as] !== value)
      faults.push({
        field: name,
        message: message('request.namesDiffer', { one: as, other: name }),
      })
  }
  for (const [name, isUsual] of Object.entries(asUsual)) {
    if (name in fields && typeof fields[name] !== 'boolean')
      faults.push({ field: name, message: message('request.boolean') })
    if (isUsual(fields[name])) delete fields[name]
  }
  return { body: fields, faults }
}

/** Fields that have a name of their own elsewhere. */
const otherNames: Record<string, { as: string; read(value: unknown): unknown; says(): Sentence }> =
  {
    nFrames: { as: 'duration', read: numberIn, says: () => message('request.duration') },
    seeds: { as: 'seed', read: oneOf, says: () => message('request.seed') },
  }

/** What says of itself what happens without it: a request with it is the same as one that says nothing. */
const asUsual: Record<string, (value: unknown) => boolean> = {
  // Only without it another request: one provider alone.
  enableFallback: (value) => value !== false,
  // Asked of providers elsewhere: here each model reads what it can.
  enableTranslation: () => true,
}

/** Seconds as they are written elsewhere: a number, or the same as a text. */
function numberIn(value: unknown) {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^\d{1,3}(?:\.\d+)?$/.test(value.trim())
    ? Number(value)
    : undefined
}

/** One seed, alone or in a list. More of them would be more videos. */
function oneOf(value: unknown) {
  const list: unknown[] = Array.isArray(value) ? value : [value]
  return list.length === 1 && typeof list[0] === 'number' ? list[0] : undefined
}

/** Values that have a name of their own elsewhere. */
const values: Record<string, (value: string) => string> = {
  model: (value) => modelNames().get(value.trim().toLowerCase()) ?? value,
  aspectRatio: ratioOf,
}

function ratioOf(value: string): string {
  const word = value.trim().toLowerCase()
  return Object.hasOwn(chatRatios, word) ? chatRatios[word as ChatRatio] : value
}

let names: Map<string, string> | undefined

/** Our id for each model, by that id and by what its providers call it; ours wins. */
function modelNames() {
  if (names) return names
  const theirs = catalogue.flatMap(({ id, routes }) =>
    routes.map((route) => [route.model.toLowerCase(), id] as const),
  )
  return (names = new Map([...theirs, ...catalogue.map(({ id }) => [id, id] as const)]))
}
