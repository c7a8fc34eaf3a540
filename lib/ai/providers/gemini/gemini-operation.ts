import { z } from 'zod'
import { ProviderError } from '../provider-error.ts'
import { geminiLabel } from './gemini-error.ts'

/** Which of the two dialects a job speaks, and its name there. */
const geminiOperationSchema = z.discriminatedUnion('dialect', [
  z.object({ dialect: z.literal('interactions'), id: z.string().min(1) }),
  z.object({ dialect: z.literal('veo'), name: z.string().min(1) }),
])
export type GeminiOperation = z.infer<typeof geminiOperationSchema>

/**
 * Reads back what `start` gave out. Throws `ProviderError` `not_found_or_expired` where it is
 * something else.
 */
export function readGeminiOperation(operation: unknown): GeminiOperation {
  const parsed = geminiOperationSchema.safeParse(operation)
  if (parsed.success) return parsed.data
  throw new ProviderError('not_found_or_expired', {
    jobMade: 'unknown',
    retryable: false,
    userMessage: 'This video can no longer be found. Please start it again.',
    logMessage: `${geminiLabel}: not an operation of ours: ${parsed.error.message}`,
  })
}
