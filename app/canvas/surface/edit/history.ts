import { isSame } from '#lib/contract/canvas/apply-changes'
import type { CanvasChange, CanvasEdge, CanvasNode } from '#lib/contract/canvas/canvas'
import type { CanvasDoc, CanvasState } from '#lib/delivery/canvas/canvas-doc'

/** What one did here, and what takes it back. */
interface Step {
  undo: CanvasChange[]
  redo: CanvasChange[]
  at: number
}

export interface History {
  /** The canvas, each change of which is noted. */
  doc: CanvasDoc
  /** Whether something was taken back. */
  undo(): boolean
  redo(): boolean
  /** Whether there is something to take back, and to do again. The same object until that changes. */
  read(): { undo: boolean; redo: boolean }
  subscribe(listener: () => void): () => void
}

const stepsAtMost = 200
/** What changes the same fields again so soon is the same step: typing, arrow keys. */
const sameStepMs = 1_000

/**
 * Undo and redo of what is done here: of what others do, and of what a run makes, nothing is taken back. A field that
 * another has changed since keeps what the other gave it.
 */
export function createHistory(doc: CanvasDoc, now = () => Date.now()): History {
  const done: Step[] = []
  const undone: Step[] = []
  const listeners = new Set<() => void>()
  let shown = { undo: false, redo: false }
  const tell = () => {
    shown = { undo: done.length > 0, redo: undone.length > 0 }
    for (const listener of listeners) listener()
  }
  const apply = (changes: readonly CanvasChange[]) => {
    if (changes.length === 0) return
    note(done, { undo: inverseOf(changes, doc.read()), redo: undoable(changes), at: now() })
    undone.length = 0
    doc.apply(changes)
    tell()
  }
  const step = (from: Step[], to: Step[], way: 'undo' | 'redo') => {
    const one = from.pop()
    if (!one) return false
    const other = way === 'undo' ? one.redo : one.undo
    doc.apply(stillOurs(one[way], other, doc.read()))
    to.push({ ...one, at: 0 })
    tell()
    return true
  }
  return {
    doc: {
      id: doc.id,
      read: () => doc.read(),
      subscribe: (listener) => doc.subscribe(listener),
      rename: (name) => doc.rename(name),
      flush: () => doc.flush(),
      apply,
    },
    undo: () => step(done, undone, 'undo'),
    redo: () => step(undone, done, 'redo'),
    read: () => shown,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

function note(done: Step[], step: Step) {
  if (step.undo.length === 0) return
  const last = done.at(-1)
  if (last && step.at - last.at < sameStepMs && shapeOf(last.redo) === shapeOf(step.redo))
    done[done.length - 1] = { ...step, undo: last.undo }
  else done.push(step)
  if (done.length > stepsAtMost) done.shift()
}

/** Which fields of which elements some changes set; of others, something that equals nothing. */
function shapeOf(changes: readonly CanvasChange[]) {
  const shapes = changes.map((one) =>
    one.change === 'set' ? `${one.id}:${Object.keys(one.fields).toSorted().join(',')}` : null,
  )
  return shapes.includes(null) ? Symbol('unlike any other') : shapes.join(' ')
}

/** What a run adds is paid for: it is neither taken back nor made again. */
function undoable(changes: readonly CanvasChange[]): CanvasChange[] {
  return changes.flatMap((one): CanvasChange[] => {
    if (one.change !== 'set') return [one]
    const { versions: _, addVersions: __, removeVersions: ___, ...fields } = one.fields
    return Object.keys(fields).length > 0 ? [{ ...one, fields }] : []
  })
}

/** The changes that lead back from some changes of a state. */
export function inverseOf(
  changes: readonly CanvasChange[],
  { nodes, edges }: Pick<CanvasState, 'nodes' | 'edges'>,
): CanvasChange[] {
  const back = { nodes: new Map<string, CanvasNode>(), edges: new Map<string, CanvasEdge>() }
  const sets: CanvasChange[] = []
  const gone: CanvasChange[] = []
  const remove = (id: string) => {
    const node = nodes.get(id)
    if (node) back.nodes.set(id, node)
    for (const edge of edges.values())
      if ([edge.id, edge.source, edge.target].includes(id)) back.edges.set(edge.id, edge)
    for (const { id: child, groupId, x, y } of nodes.values())
      if (groupId === id) sets.push({ change: 'set', id: child, fields: { groupId, x, y } })
  }
  for (const one of undoable(changes)) {
    if (one.change === 'remove') remove(one.id)
    else if (one.change === 'set')
      sets.push(...setBack(one, nodes.get(one.id) ?? edges.get(one.id)))
    // A node takes its edges with it, and what is in a group goes before it.
    else if (one.edge) gone.unshift({ change: 'remove', id: one.edge.id })
    else if (one.node) gone.push({ change: 'remove', id: one.node.id })
  }
  const groupsFirst = [...back.nodes.values()].toSorted(
    (a, b) => Number(b.kind === 'group') - Number(a.kind === 'group'),
  )
  return [
    ...groupsFirst.map((node) => ({ change: 'add', node }) as const),
    ...sets.filter((one) => one.change !== 'set' || !back.nodes.has(one.id)),
    ...gone,
    ...[...back.edges.values()].map((edge) => ({ change: 'add', edge }) as const),
  ]
}

function setBack(
  { id, fields }: Extract<CanvasChange, { change: 'set' }>,
  element: CanvasNode | CanvasEdge | undefined,
): CanvasChange[] {
  if (!element) return []
  const old = Object.fromEntries(
    Object.keys(fields).map((name) => [name, element[name as keyof typeof element]]),
  )
  return [{ change: 'set', id, fields: old }]
}

/** Of the changes of a step, those that still hold: of elements there are, and of fields as the step left them. */
function stillOurs(
  changes: readonly CanvasChange[],
  other: readonly CanvasChange[],
  { nodes, edges }: CanvasState,
): CanvasChange[] {
  const there = new Set([...nodes.keys(), ...edges.keys()])
  const left = new Map(other.flatMap((one) => (one.change === 'set' ? [[one.id, one.fields]] : [])))
  return changes.flatMap((one): CanvasChange[] => {
    if (one.change === 'remove') return there.delete(one.id) ? [one] : []
    if (one.change === 'add') return addable(one, there)
    const element = nodes.get(one.id) ?? edges.get(one.id)
    if (!element) return there.has(one.id) ? [one] : []
    const ours = left.get(one.id)
    const fields = Object.entries(one.fields).filter(
      ([name]) =>
        !ours || !(name in ours) || isSame(element[name as keyof typeof element], ours[name]),
    )
    return fields.length > 0 ? [{ ...one, fields: Object.fromEntries(fields) }] : []
  })
}

function addable(
  one: Extract<CanvasChange, { change: 'add' }>,
  there: Set<string>,
): CanvasChange[] {
  const { node, edge } = one
  if (edge && !(there.has(edge.source) && there.has(edge.target))) return []
  const id = node?.id ?? edge?.id
  if (!id || there.has(id)) return []
  there.add(id)
  const isFree = node?.groupId && !there.has(node.groupId)
  return [isFree ? { change: 'add', node: { ...node, groupId: null } } : one]
}
