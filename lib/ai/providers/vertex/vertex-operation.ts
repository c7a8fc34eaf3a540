import { z } from 'zod'
import { ProviderError } from '../provider-error.ts'

/**
 * `projects/p/locations/l/publishers/google/models/m/operations/id`: the name is all it takes to
 * look at a job.
 */
export const vertexOperationSchema = z.object({ name: z.string().includes('/operations/') })
export type VertexOperation = z.infer<typeof vertexOperationSchema>

/**
 * Reads back what `start` gave out. Throws `ProviderError` `not_found_or_expired` where it is
 * something else.
 */
export function readVertexOperation(operation: unknown): VertexOperation {
  const parsed = vertexOperationSchema.safeParse(operation)
  if (parsed.success) return parsed.data
  throw new ProviderError('not_found_or_expired', {
    jobMade: 'unknown',
    retryable: false,
    userMessage: 'This video can no longer be found. Please start it again.',
    logMessage: `Google Vertex AI: not an operation of ours: ${parsed.error.message}`,
  })
}
