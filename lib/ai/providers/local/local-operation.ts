import { allSizes, imageFormats, imageRatios } from '#lib/contract/model-view'
import { z } from 'zod'

const common = {
  model: z.string(),
  prompt: z.string(),
  negativePrompt: z.string().nullable(),
  aspectRatio: z.enum(imageRatios),
  resolution: z.enum(allSizes),
  seed: z.number().int().min(0).max(0xffffffff),
}

const filmRequestSchema = z.object({
  ...common,
  width: z.number().int().min(2).max(4096).multipleOf(2),
  height: z.number().int().min(2).max(4096).multipleOf(2),
  durationSeconds: z.number().int().min(1).max(60),
  generateAudio: z.boolean(),
})

const stillRequestSchema = z.object({
  ...common,
  width: z.number().int().min(16).max(8192),
  height: z.number().int().min(16).max(8192),
  imageFormat: z.enum(imageFormats),
})

/** Whole, so that it can be rendered again on a machine that has never seen it. */
export const localRequestSchema = z.union([stillRequestSchema, filmRequestSchema])

export const localOperationSchema = z.object({
  idempotencyKey: z.string(),
  request: localRequestSchema,
})

/** What is drawn from: a request less its pictures, of which this renderer takes none. */
export type LocalRequest = z.infer<typeof filmRequestSchema>
export type StillRequest = z.infer<typeof stillRequestSchema>
