import { aspectRatios, resolutions } from '#lib/contract/model-view'
import { z } from 'zod'

/** Whole, so that the film can be rendered again on a machine that has never seen it. */
export const localRequestSchema = z.object({
  model: z.string(),
  prompt: z.string(),
  negativePrompt: z.string().nullable(),
  aspectRatio: z.enum(aspectRatios),
  resolution: z.enum(resolutions),
  width: z.number().int().min(2).max(4096).multipleOf(2),
  height: z.number().int().min(2).max(4096).multipleOf(2),
  durationSeconds: z.number().int().min(1).max(60),
  seed: z.number().int().min(0).max(0xffffffff),
  generateAudio: z.boolean(),
})

export const localOperationSchema = z.object({
  idempotencyKey: z.string(),
  request: localRequestSchema,
})

/** What a film is drawn from: a request less its pictures, of which this renderer takes none. */
export type LocalRequest = z.infer<typeof localRequestSchema>
