import { z } from 'zod'
import { unknownOperation } from './superduperai-error.ts'

/** A job at SuperDuperAI is the file it fills; nothing but its id is needed to look at it. */
const operationSchema = z.object({ fileId: z.string().min(1) })
export type SuperDuperAiOperation = z.infer<typeof operationSchema>

/** Reads back what `start` gave out. Throws `ProviderError` `not_found_or_expired` where it is something else. */
export function readSuperDuperAiOperation(operation: unknown): SuperDuperAiOperation {
  const parsed = operationSchema.safeParse(operation)
  if (!parsed.success) throw unknownOperation(parsed.error.message)
  return parsed.data
}
