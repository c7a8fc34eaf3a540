import type { Brought } from '#lib/contract/canvas/brought'
import type { MediaNode } from '#lib/contract/canvas/canvas'

const inputOf = {
  firstFrame: 'firstFrame',
  extension: 'firstFrame',
  lastFrame: 'lastFrame',
  reference: 'references',
  sourceVideo: 'sourceVideo',
} as const

/** A composer's request as a node keeps it: one of it, and without the inputs that edges bring. */
export function settingsOf(request: object, brought: readonly Brought[]) {
  const {
    variations: _one,
    useCache: _fresh,
    inputs,
    ...settings
  } = JSON.parse(JSON.stringify(request)) as MediaNode['settings']
  const taken = new Set<string>(
    brought.flatMap(({ edge: { role } }) => (role in inputOf ? [inputOf[role as never]] : [])),
  )
  const own = Object.entries(Object(inputs) as Record<string, never>).filter(
    ([name, value]) => !taken.has(name) && value !== null && !isEmpty(value),
  )
  return own.length > 0 ? { ...settings, inputs: Object.fromEntries(own) } : settings
}

function isEmpty(value: unknown) {
  return Array.isArray(value) && value.length === 0
}
