import { aspectRatios, resolutions } from '#lib/contract/video-format'
import { z } from 'zod'
import { ProviderError } from '../provider-error.ts'

/** Whole, so that the film can be rendered anew on a machine that has never seen it. */
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

const localOperationSchema = z.object({ token: z.string(), request: localRequestSchema })
/** What a film is drawn from: a request less its pictures, of which this renderer takes none. */
export type LocalRequest = z.infer<typeof localRequestSchema>

export type LocalOperation = z.infer<typeof localOperationSchema>

/** Reads back what `start` gave out. Throws `ProviderError` `not_found_or_expired` where it is something else. */
export function readLocalOperation(operation: unknown): LocalOperation {
  const parsed = localOperationSchema.safeParse(operation)
  if (parsed.success) return parsed.data
  throw new ProviderError('not_found_or_expired', {
    jobMade: 'unknown',
    retryable: false,
    userMessage: 'This video can no longer be found. Please start it again.',
    logMessage: `local renderer: not an operation of ours: ${parsed.error.message}`,
  })
}
