import { z } from 'zod'

const seconds = z.number().min(0)

/** What is done, as it is kept; what is allowed, the request's own schema says. */
const orderSchema = z.discriminatedUnion('operation', [
  z.object({ operation: z.literal('trim'), from: seconds, to: seconds }),
  z.object({ operation: z.literal('join'), continued: z.boolean().optional() }),
  z.object({ operation: z.literal('mute') }),
  z.object({ operation: z.literal('loop'), times: z.number().int().min(2) }),
  z.object({
    operation: z.literal('crop'),
    aspectRatio: z.enum(['9:16', '16:9', '1:1']),
    focus: z.object({ x: z.number(), y: z.number() }),
  }),
  z.object({
    operation: z.literal('frame'),
    at: z.union([seconds, z.enum(['first', 'last'])]),
  }),
  z.object({
    operation: z.literal('animation'),
    format: z.enum(['gif', 'webp']),
    from: seconds,
    to: seconds,
    width: z.number().int().min(16),
    fps: z.number().int().min(1),
  }),
])

/** Whole, so that the edit can be begun again on a machine that has never seen it. */
export const editRequestSchema = z.object({
  edit: orderSchema,
  /** How many films it works on: `source-0`, `source-1` ... beside the request. */
  sources: z.number().int().min(1),
})
export type EditRequest = z.infer<typeof editRequestSchema>

export const editOperationSchema = z.object({
  idempotencyKey: z.string(),
  request: editRequestSchema,
})
