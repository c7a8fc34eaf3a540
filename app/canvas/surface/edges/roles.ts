import type { CanvasEdge, CanvasEdgeRole, CanvasNode } from '#lib/contract/canvas/canvas'
import { Reach } from '#lib/contract/canvas/reach'
import type { ModelSupports, ModelView } from '#lib/contract/model-view'
import { message, type MessageRef } from '#lib/messages/message'

type Kind = CanvasNode['kind']

/** What a node of a kind can be used for at one of another, the likeliest first. */
export function rolesBetween(source: Kind, target: Kind): readonly CanvasEdgeRole[] {
  return uses[target]?.[source] ?? []
}

const uses: Partial<Record<Kind, Partial<Record<Kind, readonly CanvasEdgeRole[]>>>> = {
  video: {
    text: ['prompt'],
    image: ['firstFrame', 'lastFrame', 'reference'],
    video: ['extension', 'sourceVideo', 'firstFrame', 'lastFrame', 'reference'],
  },
  image: { text: ['prompt'], image: ['reference'], video: ['reference'] },
  chat: { text: ['context'], image: ['context'], video: ['context'] },
}

/** Kinds that can follow a node. */
export function kindsAfter(source: Kind): Kind[] {
  return (Object.keys(uses) as Kind[]).filter((target) => rolesBetween(source, target).length > 0)
}

type Edges = ReadonlyMap<string, CanvasEdge>

/** Whether an edge would lead back to where it begins. */
export function wouldCircle(source: string, target: string, edges: Edges): boolean {
  const edge = { id: '', source, target, role: 'context', order: 0 } as const
  return new Reach(edges.values()).closesCircle(edge)
}

/** A role that a target does not take now: why, and models that would. */
export interface RefusedRole {
  role: CanvasEdgeRole
  why: MessageRef
  models: ModelView[]
}

export interface Offer {
  fits: CanvasEdgeRole[]
  refused: RefusedRole[]
  /** Why the two cannot be joined at all; null where a role fits, or would with another model. */
  never: MessageRef | null
}

interface Joining {
  source: CanvasNode
  target: CanvasNode
  edges: Edges
  /** Of the target's kind; none while they are not known: the plan of a run checks them again. */
  models: readonly ModelView[]
  /** An edge that is to have another role. */
  instead?: string
}

/** What one node can be used for at another. */
export function offerBetween({ source, target, edges, models, instead }: Joining): Offer {
  const nothing = (why: MessageRef): Offer => ({ fits: [], refused: [], never: why })
  const roles = rolesBetween(source.kind, target.kind)
  if (source.id === target.id) return nothing(message('canvas.refused.itself'))
  if (roles.length === 0) return nothing(message('canvas.refused.kinds'))
  const others = new Map([...edges].filter(([id]) => id !== instead))
  if (wouldCircle(source.id, target.id, others)) return nothing(message('canvas.refused.circle'))
  const there = [...others.values()].filter((edge) => edge.target === target.id)
  const checked = roles.map((role) => checkRole(role, { source, target, there, models }))
  const refused = checked.flatMap((one) => (typeof one === 'string' ? [] : [one]))
  const fits = checked.filter((one) => typeof one === 'string')
  const [first] = refused
  const isHopeless = fits.length === 0 && refused.every((one) => one.models.length === 0)
  return { fits, refused, never: isHopeless && first ? first.why : null }
}

interface Target {
  source: CanvasNode
  target: CanvasNode
  there: readonly CanvasEdge[]
  models: readonly ModelView[]
}

function checkRole(role: CanvasEdgeRole, { source, target, there, models }: Target) {
  const refuse = (why: MessageRef, able: ModelView[] = []): RefusedRole => ({
    role,
    why,
    models: able,
  })
  if (there.some((edge) => edge.source === source.id && edge.role === role))
    return refuse(message('canvas.refused.twice'))
  if (there.some((edge) => isSamePlace(edge.role, role)))
    return refuse(message('canvas.refused.taken'))
  const wanted = [...there.map((edge) => edge.role), role]
  const model = modelOf(target, models)
  if (!model || takes(model.supports, wanted)) return role
  const able = models.filter((one) => one.isEnabled && takes(one.supports, wanted))
  const values = { model: model.label }
  return refuse(
    able.length > 0
      ? message(`canvas.refused.model_${reasonRole(role)}`, values)
      : message('canvas.refused.noModel'),
    able,
  )
}

function reasonRole(role: CanvasEdgeRole) {
  return role === 'lastFrame' || role === 'reference' || role === 'sourceVideo'
    ? role
    : 'firstFrame'
}

/** A place for one alone: a video begins with one picture, and is made of one video. */
function isSamePlace(a: CanvasEdgeRole, b: CanvasEdgeRole) {
  const begins = (role: CanvasEdgeRole) => role === 'firstFrame' || role === 'extension'
  if (begins(a)) return begins(b)
  return a === b && (a === 'lastFrame' || a === 'sourceVideo')
}

/** The model a node is made with: the one it names, else the first that can be used. */
export function modelOf(node: CanvasNode, models: readonly ModelView[]): ModelView | undefined {
  const named = 'settings' in node ? node.settings['model'] : undefined
  return models.find(({ id }) => id === named) ?? models.find(({ isEnabled }) => isEnabled)
}

/** Whether a model takes all that edges of these roles bring. */
export function takes(supports: ModelSupports, roles: readonly CanvasEdgeRole[]): boolean {
  const count = (...of: CanvasEdgeRole[]) => roles.filter((role) => of.includes(role)).length
  return (
    (count('firstFrame', 'extension') === 0 || supports.firstFrame) &&
    (count('lastFrame') === 0 || supports.lastFrame) &&
    count('reference') <= supports.maxReferences &&
    (count('sourceVideo') === 0 || supports.sourceVideo === 'required')
  )
}

/** An edge of a role, the last of its target's. */
export function newEdge(
  id: string,
  { source, target, role }: Pick<CanvasEdge, 'source' | 'target' | 'role'>,
  edges: Edges,
): CanvasEdge {
  const orders = [...edges.values()]
    .filter((edge) => edge.target === target && edge.role === role)
    .map(({ order }) => order)
  return { id, source, target, role, order: Math.max(-1, ...orders) + 1 }
}
