import { type MessageRef, message } from '#lib/messages/message'
import {
  type CanvasChange,
  type CanvasEdge,
  type CanvasNode,
  canvasEdgeSchema,
  canvasLimits,
  canvasNodeSchema,
} from './canvas.ts'
import { Reach } from './reach.ts'

export interface CanvasContent {
  nodes: ReadonlyMap<string, CanvasNode>
  edges: ReadonlyMap<string, CanvasEdge>
}

/** Why a change is not taken, and which of them it is. */
export interface CanvasRefusal {
  /** Its place among the changes. */
  index: number
  /** In the request, as in `changes[3].node.x`. */
  field: string
  says: MessageRef
}

/** The canvas with all changes in it, and what they touched; or as it was, and why. */
export type Applied =
  | { content: CanvasContent; touched: ReadonlySet<string>; refusal: null }
  | { content: CanvasContent; touched: null; refusal: CanvasRefusal }

class Refused extends Error {
  readonly says: MessageRef
  readonly path: string

  constructor(says: MessageRef, path = '') {
    super(says.key)
    this.says = says
    this.path = path
  }
}

/**
 * Takes all changes, one after the other, or none. What a change does not name stays, each field of a node for itself.
 * A change of what was removed meanwhile, and an element that is there already just like this, change nothing. The maps
 * handed in stay as they are, and what has not changed comes back as the very same object.
 */
export function applyChanges(content: CanvasContent, changes: readonly CanvasChange[]): Applied {
  const draft = new Draft(content)
  for (const [index, change] of changes.entries()) {
    try {
      draft.take(change)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      const field = `changes[${index}]${error.path}`
      return { content, touched: null, refusal: { index, field, says: error.says } }
    }
  }
  return { content: draft.content, touched: draft.touched, refusal: null }
}

/** Takes what can be taken: one that is refused keeps no other from being taken. */
export function applyEach(content: CanvasContent, changes: readonly CanvasChange[]) {
  const kept: CanvasChange[] = []
  let refusal: CanvasRefusal | null = null
  const whole = applyChanges(content, changes)
  if (!whole.refusal) return { content: whole.content, kept: [...changes], refusal }
  let left = content
  for (const change of changes) {
    const applied = applyChanges(left, [change])
    if (applied.refusal) refusal ??= applied.refusal
    else kept.push(change)
    left = applied.content
  }
  return { content: left, kept, refusal }
}

class Draft {
  readonly touched = new Set<string>()
  private nodes: Map<string, CanvasNode> | undefined
  private edges: Map<string, CanvasEdge> | undefined
  private reach: Reach | undefined
  private readonly before: CanvasContent

  constructor(before: CanvasContent) {
    this.before = before
  }

  get content(): CanvasContent {
    const { nodes = this.before.nodes, edges = this.before.edges } = this
    return this.nodes || this.edges ? { nodes, edges } : this.before
  }

  take(change: CanvasChange) {
    if (change.change === 'remove') return this.remove(change.id)
    if (change.change === 'set') return this.set(change.id, change.fields)
    if (change.node && change.edge) throw new Refused(message('canvasChange.oneElement'))
    if (change.node) return this.add(change.node, '.node')
    if (change.edge) return this.add(change.edge, '.edge')
    throw new Refused(message('canvasChange.oneElement'))
  }

  private add(element: CanvasNode | CanvasEdge, path: string) {
    const { nodes, edges } = this.content
    const present = nodes.get(element.id) ?? edges.get(element.id)
    if (present && isSame(present, element)) return
    if (present) throw new Refused(message('canvasChange.idTaken'), `${path}.id`)
    this.put(element, path)
    const { nodes: nodeLimit, edges: edgeLimit } = canvasLimits
    if (this.content.nodes.size > nodeLimit)
      throw new Refused(message('canvasChange.tooManyNodes', { limit: nodeLimit }), path)
    if (this.content.edges.size > edgeLimit)
      throw new Refused(message('canvasChange.tooManyEdges', { limit: edgeLimit }), path)
  }

  private set(id: string, fields: Record<string, unknown>) {
    const { nodes, edges } = this.content
    const present = nodes.get(id) ?? edges.get(id)
    if (!present) return
    for (const name of ['id', 'kind'])
      if (Object.hasOwn(fields, name))
        throw new Refused(message('canvasChange.fixedField'), `.fields.${name}`)
    const next = { ...present, ...withVersions(present, fields) }
    this.put(next, '.fields')
  }

  private put(element: unknown, path: string) {
    const isEdge = typeof element === 'object' && element !== null && 'source' in element
    const { data, error } = (isEdge ? canvasEdgeSchema : canvasNodeSchema).safeParse(element)
    if (error) {
      const fault = error.issues[0]
      const named = fault?.code === 'unrecognized_keys' ? [fault.keys[0]!] : (fault?.path ?? [])
      const field = named.map((part) => `.${String(part)}`).join('')
      throw new Refused(message('canvasChange.faultyField'), `${path}${field}`)
    }
    const checked = 'source' in data ? this.checkedEdge(data, path) : this.checkedNode(data, path)
    const before =
      'source' in checked ? this.content.edges.get(checked.id) : this.content.nodes.get(checked.id)
    if (before && isSame(before, checked)) return
    this.touched.add(checked.id)
    if (!('source' in checked)) this.ownNodes.set(checked.id, checked)
    else {
      if (before && 'source' in before) this.reach?.remove(before)
      this.reach?.add(checked)
      this.ownEdges.set(checked.id, checked)
    }
  }

  /** Where its group was removed, it is in none: as it would be if the group had been removed after it came. */
  private checkedNode(node: CanvasNode, path: string): CanvasNode {
    if (node.groupId === null) return node
    if (node.kind === 'group') throw new Refused(message('canvasChange.groupInGroup'), path)
    const group = this.content.nodes.get(node.groupId)
    if (!group) return { ...node, groupId: null }
    if (group.kind !== 'group') throw new Refused(message('canvasChange.noGroup'), path)
    return node
  }

  private checkedEdge(edge: CanvasEdge, path: string): CanvasEdge {
    const { nodes, edges } = this.content
    for (const end of ['source', 'target'] as const)
      if (!nodes.has(edge[end]))
        throw new Refused(message('canvasChange.danglingEdge'), `${path}.${end}`)
    this.reach ??= new Reach(edges.values())
    if (this.reach.hasTwin(edge)) throw new Refused(message('canvasChange.edgeThere'), path)
    if (this.reach.closesCircle(edge)) throw new Refused(message('canvasChange.cycle'), path)
    return edge
  }

  private remove(id: string) {
    const edge = this.content.edges.get(id)
    if (edge) {
      this.reach?.remove(edge)
      this.ownEdges.delete(id)
      this.touched.add(id)
    }
    const node = this.content.nodes.get(id)
    if (!node) return
    this.ownNodes.delete(id)
    this.touched.add(id)
    for (const { id: edgeId, source, target } of this.content.edges.values())
      if (source === id || target === id) this.remove(edgeId)
    if (node.kind === 'group') this.free(node)
  }

  /** What was in the group stays where it was seen. */
  private free(group: CanvasNode) {
    for (const child of this.content.nodes.values()) {
      if (child.groupId !== group.id) continue
      const moved = { ...child, x: onSheet(child.x + group.x), y: onSheet(child.y + group.y) }
      this.ownNodes.set(child.id, { ...moved, groupId: null })
      this.touched.add(child.id)
    }
  }

  private get ownNodes() {
    this.nodes ??= new Map(this.before.nodes)
    return this.nodes
  }

  private get ownEdges() {
    this.edges ??= new Map(this.before.edges)
    return this.edges
  }
}

const sheetEnd = 1e6

function onSheet(place: number) {
  return Math.min(sheetEnd, Math.max(-sheetEnd, place))
}

/** `addVersions` and `removeVersions` change some of the versions, where `versions` would replace them all. */
function withVersions(present: CanvasNode | CanvasEdge, fields: Record<string, unknown>) {
  const { addVersions, removeVersions, ...others } = fields
  if (addVersions === undefined && removeVersions === undefined) return fields
  const before: unknown[] = 'versions' in present ? present.versions : []
  const gone = listOf(removeVersions, '.removeVersions')
  const more = listOf(addVersions, '.addVersions')
  const versions = [...new Set([...before, ...more])].filter((id) => !gone.has(id))
  const isPinGone = 'pinned' in present && present.pinned && gone.has(present.pinned)
  return { ...(isPinGone && { pinned: null }), ...others, versions }
}

function listOf(value: unknown, name: string): Set<unknown> {
  if (value === undefined) return new Set()
  if (Array.isArray(value)) return new Set<unknown>(value)
  throw new Refused(message('canvasChange.faultyField'), `.fields${name}`)
}

/** Two of the same JSON, whatever the order of their names. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return false
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const [ours, theirs] = [Object.entries(one), other as Record<string, unknown>]
  if (ours.length !== Object.keys(theirs).length) return false
  return ours.every(([name, value]) => Object.hasOwn(theirs, name) && isSame(value, theirs[name]))
}
