import type { z } from 'zod'
import { ProviderError } from './provider-error.ts'
import type { Json } from './provider.ts'

// What an adapter gave out comes back from storage: from another process, maybe another version of the product.

/** Reads back an operation. Throws `not_found_or_expired` where it is none of this adapter's. */
export function readOperation<T>(label: string, schema: z.ZodType<T>, operation: Json): T {
  const parsed = schema.safeParse(operation)
  if (parsed.success) return parsed.data
  throw new ProviderError('not_found_or_expired', {
    submitOutcome: 'unknown',
    retryable: false,
    userMessage: 'This video can no longer be found. Please start it again.',
    logMessage: `${label}: not an operation of ours: ${parsed.error.message}`,
  })
}

/** Reads back what `prepare` made ready. Throws a retryable `no_job` where it has to be prepared again. */
export function readPrepared<T>(label: string, schema: z.ZodType<T>, prepared: Json): T {
  const parsed = schema.safeParse(prepared)
  if (parsed.success) return parsed.data
  throw new ProviderError('provider_unavailable', {
    submitOutcome: 'no_job',
    retryable: true,
    userMessage: 'This video could not be started. Try again in a minute.',
    logMessage: `${label}: not a prepared request of ours: ${parsed.error.message}`,
  })
}

/** Null instead of the error where a look finds no such job: what `adopt` answers then. */
export async function unlessUnknown<T>(look: Promise<T>): Promise<T | null> {
  try {
    return await look
  } catch (error) {
    if (error instanceof ProviderError && error.code === 'not_found_or_expired') return null
    throw error
  }
}
