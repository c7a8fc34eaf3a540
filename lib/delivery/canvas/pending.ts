import { type CanvasContent } from '#lib/contract/canvas/apply-changes'
import type { CanvasChange, CanvasNode } from '#lib/contract/canvas/canvas'

type Fields = Extract<CanvasChange, { change: 'set' }>['fields']

// Where the order of two changes matters, they stay two.
const ofOrder = new Set(['groupId', 'source', 'target', 'role', 'addVersions', 'removeVersions'])

/** Puts a change behind others; what only sets again what those at the end have set takes their place. */
export function withChange(queue: readonly CanvasChange[], change: CanvasChange): CanvasChange[] {
  if (change.change !== 'set' || hasOrder(change.fields)) return [...queue, change]
  for (let index = queue.length - 1; index >= 0; index--) {
    const earlier = queue[index]!
    if (earlier.change !== 'set' || hasOrder(earlier.fields)) break
    if (earlier.id !== change.id) continue
    return queue.with(index, { ...earlier, fields: { ...earlier.fields, ...change.fields } })
  }
  return [...queue, change]
}

function hasOrder(fields: Fields) {
  return Object.keys(fields).some((name) => ofOrder.has(name))
}

/** A change that replaces all versions of a node as one of those that it adds and takes away: others add some meanwhile. */
export function narrowed(change: CanvasChange, { nodes }: CanvasContent): CanvasChange {
  if (change.change !== 'set' || !Array.isArray(change.fields['versions'])) return change
  const before = versionsOf(nodes.get(change.id))
  const { versions, ...others } = change.fields
  const after = versions as string[]
  const addVersions = after.filter((id) => !before.includes(id))
  const removeVersions = before.filter((id) => !after.includes(id))
  const fields = {
    ...others,
    ...(addVersions.length > 0 && { addVersions }),
    ...(removeVersions.length > 0 && { removeVersions }),
  }
  return { ...change, fields }
}

function versionsOf(node: CanvasNode | undefined): readonly string[] {
  return node && 'versions' in node ? node.versions : []
}

const changesAtOnce = 500
const lettersAtOnce = 500_000

/** As many changes from the front as fit into one request. */
export function firstOf(queue: readonly CanvasChange[]): CanvasChange[] {
  let letters = 0
  const end = queue.findIndex((change, index) => {
    letters += JSON.stringify(change).length
    return index >= changesAtOnce || (index > 0 && letters > lettersAtOnce)
  })
  return queue.slice(0, end === -1 ? queue.length : end)
}
