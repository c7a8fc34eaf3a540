import * as z from 'zod/mini'
import { aspectRatios, resolutions } from './video-format.ts'

/** What a model is, can do and costs, as the form and `GET /api/models` show it. */
export const modelViewSchema = z.object({
  id: z.string(),
  label: z.string(),
  /** One sentence under the name. */
  description: z.string(),
  /** True for the local renderer: its clips are never passed off as AI output. */
  isDemo: z.boolean(),
  state: z.enum(['available', 'deprecated', 'retired']),
  /** The model to offer in its place once it is deprecated or retired. */
  replacementId: z.nullable(z.string()),
  /** False where no provider of it is switched on; `unavailableReason` then says what turns it on. */
  isEnabled: z.boolean(),
  unavailableReason: z.nullable(z.string()),
  supports: z.object({
    aspectRatios: z.array(z.enum(aspectRatios)),
    resolutions: z.array(z.enum(resolutions)),
    /** Seconds, both ends included, in steps of `step`. */
    duration: z.object({ min: z.number(), max: z.number(), step: z.number() }),
    seed: z.boolean(),
    negativePrompt: z.boolean(),
    audio: z.boolean(),
    cancel: z.boolean(),
  }),
  defaults: z.object({
    aspectRatio: z.enum(aspectRatios),
    resolution: z.enum(resolutions),
    duration: z.number(),
    generateAudio: z.boolean(),
  }),
  /** Dollars; zero means free. */
  price: z.object({ perSecondUsd: z.number(), perRunUsd: z.number() }),
})
export type ModelView = z.infer<typeof modelViewSchema>

export const modelsResponseSchema = z.object({ models: z.array(modelViewSchema) })
