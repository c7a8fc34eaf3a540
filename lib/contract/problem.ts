import * as z from 'zod/mini'
import { errorCodeSchema } from './error-code.ts'

/** Every error answer, as `application/problem+json` (RFC 9457). `detail` is the sentence for the user. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: errorCodeSchema,
  retryable: z.boolean(),
  /** Each faulty field with its limits. */
  errors: z.optional(z.array(z.object({ field: z.string(), message: z.string() }))),
  fileId: z.optional(z.string()),
  traceId: z.string(),
})
export type Problem = z.infer<typeof problemSchema>
