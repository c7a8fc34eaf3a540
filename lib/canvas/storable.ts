import { message } from '#lib/messages/message'
import { invalidField } from '../errors.ts'

const depthAtMost = 24
/** Values in one node, edge or change: a hundred versions, two hundred hidden nodes and settings are far fewer. */
export const valuesOfOneAtMost = 2_000
/** Values in one request: a full canvas with all versions of each node has fewer. */
export const valuesAtMost = 400_000
// `changes[3]`, `nodes[3]`
const depthOfOne = 2

/**
 * Throws `invalid_input` with the field where JSON nests deeper or holds more than anything of a canvas does, or holds
 * what the database cannot keep: a NUL, half of a character, a number without end. Before all else: what a schema makes of
 * a million values takes seconds, in which no one else is answered.
 */
export function assertStorable(body: unknown) {
  new Walk().take(body)
}

class Walk {
  private taken = 0
  private readonly steps: (string | number)[] = []

  take(value: unknown) {
    if (++this.taken > valuesAtMost) throw this.fault(tooMany(valuesAtMost), '')
    if (typeof value === 'string') this.takeText(value)
    else if (typeof value === 'number') this.takeNumber(value)
    else if (typeof value === 'object' && value !== null) this.takeInside(value)
  }

  private takeInside(value: object) {
    if (this.steps.length > depthAtMost)
      throw this.fault(message('canvasList.error.deep', { limit: depthAtMost }))
    const before = this.taken
    if (Array.isArray(value)) for (let at = 0; at < value.length; at++) this.step(at, value[at])
    else
      for (const [name, one] of Object.entries(value)) {
        this.takeText(name)
        this.step(name, one)
      }
    if (this.steps.length === depthOfOne && this.taken - before > valuesOfOneAtMost)
      throw this.fault(tooMany(valuesOfOneAtMost))
  }

  private step(step: string | number, value: unknown) {
    this.steps.push(step)
    this.take(value)
    this.steps.pop()
  }

  private takeText(text: string) {
    if (text.includes('\0') || !text.isWellFormed())
      throw this.fault(message('canvasList.error.text'))
  }

  private takeNumber(number: number) {
    if (!Number.isFinite(number)) throw this.fault(message('canvasChange.faultyField'))
  }

  private fault(says: Parameters<typeof invalidField>[1], path = pathOf(this.steps)) {
    return invalidField(path.slice(0, 60) || 'body', says)
  }
}

function pathOf(steps: readonly (string | number)[]) {
  return steps.reduce<string>((path, step) => {
    if (typeof step === 'number') return `${path}[${step}]`
    return path ? `${path}.${step}` : step
  }, '')
}

function tooMany(limit: number) {
  return message('canvasList.error.values', { limit })
}
