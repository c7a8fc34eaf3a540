import type { ErrorCode } from './error-code.ts'
import { hasFields } from './has-fields.ts'

/** Every error answer, as `application/problem+json` (RFC 9457). `detail` is the sentence for the user. */
export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  code: ErrorCode
  retryable: boolean
  /** Each faulty field with its limits. */
  errors?: { field: string; message: string }[]
  fileId?: string
  traceId: string
}

export function isProblem(value: unknown): value is Problem {
  return hasFields(value, { code: 'string', detail: 'string', status: 'number' })
}
