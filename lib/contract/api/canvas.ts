import { z } from 'zod'
import { canvasEdgeRoles, canvasLimits } from '../canvas/canvas.ts'
import { kinds as generationKinds } from '../generation.ts'
import { means, momentSchema, sentenceSchema } from './sentence.ts'

const kinds = ['text', 'note', 'image', 'video', 'chat', 'group'] as const

const nodeSchema = z
  .looseObject({ id: z.string(), kind: z.enum(kinds) })
  .meta({ id: 'CanvasNode', ...means('api.fields.canvasNode') })

const edgeSchema = z
  .object({
    id: z.string(),
    source: z.string(),
    target: z.string(),
    role: z.enum(canvasEdgeRoles),
    order: z.int().meta(means('api.fields.canvasOrder')),
  })
  .meta({ id: 'CanvasEdge', ...means('api.fields.canvasEdge') })

const head = {
  id: z.string(),
  name: z.string(),
  createdAt: momentSchema,
  changedAt: momentSchema,
  isTrashed: z.boolean(),
}
const version = z.int().meta(means('api.fields.canvasVersion'))

export const canvasViewSchema = z
  .object({
    object: z.literal('canvas'),
    ...head,
    version,
    isWhole: z.boolean().meta(means('api.fields.canvasIsWhole')),
    elements: z.array(
      z.object({
        id: z.string(),
        version,
        node: nodeSchema.nullable().meta(means('api.fields.canvasElement')),
        edge: edgeSchema.nullable().meta(means('api.fields.canvasElement')),
      }),
    ),
  })
  .meta({ id: 'Canvas' })

export const canvasSummarySchema = z
  .object({
    ...head,
    nodes: z.int().meta(means('api.fields.canvasNodes')),
    posters: z.array(z.string()),
  })
  .meta({ id: 'CanvasSummary' })

export const canvasPageSchema = z
  .object({
    canvases: z.array(canvasSummarySchema),
    nextCursor: z.string().nullable().meta(means('api.fields.nextCursor')),
  })
  .meta({ id: 'CanvasPage' })

const name = z.string().max(200)

export const canvasFileSchema = z
  .object({
    object: z.literal('canvas.file'),
    name,
    nodes: z.array(nodeSchema).max(canvasLimits.nodes),
    edges: z.array(edgeSchema).max(canvasLimits.edges),
  })
  .meta({ id: 'CanvasFile' })

export const newCanvasRequestSchema = z.object({ name: name.optional() }).meta({ id: 'NewCanvas' })

export const canvasPatchRequestSchema = z
  .object({
    requestId: z
      .string()
      .regex(/^[0-9a-z]{16,64}$/)
      .meta(means('api.fields.canvasRequestId')),
    since: version.optional(),
    name: name.optional(),
    trash: z.boolean().optional(),
    changes: z
      .array(
        z.object({
          change: z.enum(['add', 'set', 'remove']),
          id: z.string().optional(),
          node: nodeSchema.optional(),
          edge: edgeSchema.optional(),
          fields: z.record(z.string(), z.unknown()).optional(),
        }),
      )
      .max(canvasLimits.changes)
      .meta(means('api.fields.canvasChanges')),
  })
  .meta({ id: 'CanvasPatch' })

export const canvasRunRequestSchema = z
  .object({
    scope: z.enum(['these', 'from', 'all']).meta(means('api.fields.canvasScope')),
    nodes: z.array(z.string()).max(200),
    maxUsd: z.number().nullable().optional().meta(means('api.fields.canvasMaxUsd')),
  })
  .meta({ id: 'CanvasRunRequest' })

const usd = z.number().meta(means('api.fields.usd'))
const upToUsd = z.number().meta(means('api.fields.upToUsd'))

export const canvasPlanSchema = z
  .object({
    object: z.literal('canvas.plan'),
    nodes: z.array(
      z.discriminatedUnion('does', [
        z.object({
          nodeId: z.string(),
          does: z.literal('make'),
          order: z.int().meta(means('api.fields.canvasPlace')),
          kind: z.enum(generationKinds),
          modelLabel: z.string(),
          usd,
          upToUsd,
        }),
        z.object({
          nodeId: z.string(),
          does: z.literal('frame'),
          order: z.int().meta(means('api.fields.canvasPlace')),
          at: z.enum(['first', 'last']).meta(means('api.fields.canvasFrameAt')),
        }),
        z.object({ nodeId: z.string(), does: z.literal('reuse'), fileId: z.string() }),
        z.object({ nodeId: z.string(), does: z.literal('wait'), fileId: z.string() }),
        z.object({ nodeId: z.string(), does: z.literal('refuse'), why: sentenceSchema }),
      ]),
    ),
    usd,
    upToUsd,
    canRun: z.boolean(),
    running: z.int().meta(means('api.fields.canvasRunning')),
  })
  .meta({ id: 'CanvasPlan' })

export const canceledRunsSchema = z
  .object({
    object: z.literal('canvas.canceled'),
    running: z.int().meta(means('api.fields.canvasRunning')),
    canceled: z.int().meta(means('api.fields.canvasCanceled')),
  })
  .meta({ id: 'CanceledRuns' })

export const canvasRunResultSchema = z
  .object({
    object: z.literal('canvas.run'),
    id: z.string(),
    canvasId: z.string(),
    started: z.array(z.object({ nodeId: z.string(), fileId: z.string() })),
  })
  .meta({ id: 'CanvasRun' })
