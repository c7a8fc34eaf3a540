import { message } from '#lib/messages/message'
import { invalidField } from '../errors.ts'

const depthAtMost = 24

interface Place {
  value: unknown
  path: string
  depth: number
}

/**
 * Throws `invalid_input` with the field where JSON nests deeper than anything of a canvas does, or holds text that the
 * database cannot keep: a NUL, half of a character.
 */
export function assertStorable(body: unknown) {
  const open: Place[] = [{ value: body, path: '', depth: 0 }]
  for (let place = open.pop(); place; place = open.pop()) {
    const { value, path, depth } = place
    if (typeof value === 'string') assertText(value, path)
    if (typeof value !== 'object' || value === null) continue
    if (depth > depthAtMost)
      throw invalidField(
        path.slice(0, 60),
        message('canvasList.error.deep', { limit: depthAtMost }),
      )
    const isList = Array.isArray(value)
    for (const [name, one] of Object.entries(value)) {
      if (!isList) assertText(name, path || 'body')
      const step = isList ? `[${name}]` : path && `.${name}`
      open.push({ value: one, path: path + (step || name), depth: depth + 1 })
    }
  }
}

function assertText(text: string, path: string) {
  if (!text.includes('\0') && text.isWellFormed()) return
  throw invalidField(path || 'body', message('canvasList.error.text'))
}
