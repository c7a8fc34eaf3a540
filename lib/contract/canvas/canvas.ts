import * as z from 'zod/mini'
import { hasFields } from '../problem.ts'

/** What a canvas holds at most, and what one request changes. */
export const canvasLimits = { nodes: 2_000, edges: 4_000, changes: 500, versions: 100 } as const
/** Bytes of all nodes of one, as JSON: what is exported can be imported again. */
export const canvasMaxBytes = 10 * 1024 ** 2
/** How many an owner has at most, those in the trash included. */
export const canvasesAtMost = 1_000
/** Letters of the settings of a node, as JSON. */
const settingsMaxLength = 32_000
/** Letters of a text or a note. */
export const canvasTextMaxLength = 20_000

const nodeId = z.string().check(z.regex(/^node_[0-9a-z]{24}$/))
const edgeId = z.string().check(z.regex(/^edge_[0-9a-z]{24}$/))
/** What a node shows: a generation, or an upload. */
const mediaId = z.string().check(z.regex(/^(file|image|video)_[0-9a-z]{24}$/))
const place = z.number().check(z.gte(-1e6), z.lte(1e6))
const side = z.number().check(z.gte(40), z.lte(5_000))

const common = {
  id: nodeId,
  /** Of its upper left corner; of one in a group, from the corner of the group. */
  x: place,
  y: place,
  width: side,
  height: side,
  /** The group it is in. */
  groupId: z.nullable(nodeId),
}
const words = z.string().check(z.maxLength(canvasTextMaxLength))

// As JSON came: to look at each value again would take seconds for a body of many.
const json = z.custom<z.core.util.JSONType>()

/** A composer's request, less the inputs that edges bring. What is missing has the model's default. */
const settings = z
  .record(z.string().check(z.maxLength(40)), json)
  .check(z.refine((value) => JSON.stringify(value).length <= settingsMaxLength))

const media = {
  ...common,
  settings,
  /**
   * What was made or put here, the oldest first. The node stores ids and nothing else of a job. Runs add to it, on the
   * server; clients add what they put there themselves.
   */
  versions: z.array(mediaId).check(z.maxLength(canvasLimits.versions)),
  /** The version that is shown and that others use; null for the newest. */
  pinned: z.nullable(mediaId),
}

export const canvasNodeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), ...common, text: words }),
  z.strictObject({ kind: z.literal('note'), ...common, text: words }),
  z.strictObject({ kind: z.literal('image'), ...media }),
  z.strictObject({ kind: z.literal('video'), ...media }),
  z.strictObject({
    kind: z.literal('chat'),
    ...common,
    chatId: z.string().check(z.regex(/^chat_[0-9a-z]{24}$/)),
    /** Nodes that are connected to it and that it is not to see. */
    hidden: z.array(nodeId).check(z.maxLength(200)),
  }),
  z.strictObject({
    kind: z.literal('group'),
    ...common,
    name: z.string().check(z.maxLength(200)),
  }),
])
export type CanvasNode = z.output<typeof canvasNodeSchema>
export type CanvasNodeKind = CanvasNode['kind']
export type NodeOf<Kind extends CanvasNodeKind> = Extract<CanvasNode, { kind: Kind }>
export type MediaNode = NodeOf<'image' | 'video'>

/**
 * What its target uses the source for. `prompt`: its text comes before the prompt, several in order. `firstFrame`,
 * `lastFrame`, `reference`: the picture, or of a video its last frame (as `lastFrame`, its first: the target leads up to
 * it). `sourceVideo`: the video is made over.
 * `extension`: the target goes on from the end of the video. `context`: a chat reads it. `made`: a chat made the target.
 */
export const canvasEdgeRoles = [
  'prompt',
  'firstFrame',
  'lastFrame',
  'reference',
  'sourceVideo',
  'extension',
  'context',
  'made',
] as const
export type CanvasEdgeRole = (typeof canvasEdgeRoles)[number]

export const canvasEdgeSchema = z.strictObject({
  id: edgeId,
  source: nodeId,
  target: nodeId,
  role: z.enum(canvasEdgeRoles),
  /** Among those of its role at its target, from 0. */
  order: z.int().check(z.gte(0), z.lte(canvasLimits.edges)),
})
export type CanvasEdge = z.output<typeof canvasEdgeSchema>

/**
 * A change of one element: made, some of its fields set, or removed. Fields that are not named stay as they are. Of
 * `versions`, `addVersions` and `removeVersions` change some, where `versions` would replace them all.
 */
export const canvasChangeSchema = z.discriminatedUnion('change', [
  z.strictObject({
    change: z.literal('add'),
    node: z.optional(canvasNodeSchema),
    edge: z.optional(canvasEdgeSchema),
  }),
  z.strictObject({
    change: z.literal('set'),
    id: z.union([nodeId, edgeId]),
    fields: z.record(z.string().check(z.maxLength(40)), json),
  }),
  z.strictObject({ change: z.literal('remove'), id: z.union([nodeId, edgeId]) }),
])
export type CanvasChange = z.output<typeof canvasChangeSchema>

export const canvasNameSchema = z.string().check(z.maxLength(200))

/** `POST /api/canvas`. */
export const newCanvasSchema = z.strictObject({ name: z.optional(canvasNameSchema) })

/** `PATCH /api/canvas/<id>`: all of it is taken, or none. The same `requestId` is taken once. */
export const canvasPatchSchema = z.strictObject({
  /** Made by the client, one for each request: sent again, it changes nothing more. */
  requestId: z.string().check(z.regex(/^[0-9a-z]{16,64}$/)),
  /** The version the client has seen: the answer holds what has changed since. Without it the answer holds no elements. */
  since: z.optional(z.int().check(z.gte(0))),
  name: z.optional(canvasNameSchema),
  /** Moves it to the trash, or out of it. */
  trash: z.optional(z.boolean()),
  changes: z.array(canvasChangeSchema).check(z.maxLength(canvasLimits.changes)),
})
export type CanvasPatch = z.output<typeof canvasPatchSchema>

/** An element as it is now: exactly one of `node` and `edge`, or neither where it was removed. */
export interface CanvasElement {
  id: string
  version: number
  node: CanvasNode | null
  edge: CanvasEdge | null
}

/** `GET /api/canvas/<id>?since=<version>`, and the answer to a patch: what has changed since; since 0 it is all. */
export interface CanvasView {
  object: 'canvas'
  id: string
  name: string
  version: number
  createdAt: string
  changedAt: string
  isTrashed: boolean
  /** Whether the elements are all that is there, and what is not among them is gone. */
  isWhole: boolean
  elements: CanvasElement[]
}

export function isCanvasView(value: unknown): value is CanvasView {
  return hasFields(value, { id: 'string', version: 'number', elements: 'object' })
}

/** One of `GET /api/canvas`. */
export interface CanvasSummary {
  id: string
  name: string
  nodes: number
  /** Addresses of pictures of its newest videos and images, at most four. */
  posters: string[]
  createdAt: string
  changedAt: string
  isTrashed: boolean
}

/** `GET /api/canvas`: a page, the last changed first; of the trash, what came there last. */
export interface CanvasPage {
  canvases: CanvasSummary[]
  nextCursor: string | null
}

/**
 * `GET /api/canvas/<id>/export`, and what `POST /api/canvas/import` takes: what was made stays in the library, and is
 * named by its id.
 */
export interface CanvasFile {
  object: 'canvas.file'
  name: string
  nodes: CanvasNode[]
  edges: CanvasEdge[]
}

export function isCanvasSummary(value: unknown): value is CanvasSummary {
  return hasFields(value, { id: 'string', name: 'string', nodes: 'number', posters: 'object' })
}

export function isCanvasPage(value: unknown): value is CanvasPage {
  return hasFields(value, { canvases: 'object' })
}
