import { z } from 'zod'
import { type ErrorCode, errorStatus } from '../problem.ts'
import { means, sentenceSchema } from './sentence.ts'

const codes = Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]]

export const errorCodeSchema = z
  .enum(codes)
  .meta({ id: 'ErrorCode', ...means('api.fields.errorCode') })

/** Every answer that is no success: `application/problem+json`. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int().meta(means('api.fields.problemStatus')),
    detail: sentenceSchema.meta(means('api.fields.detail')),
    code: errorCodeSchema,
    retryable: z.boolean().meta(means('api.fields.retryable')),
    errors: z
      .array(z.object({ field: z.string(), message: z.string() }))
      .optional()
      .meta(means('api.fields.errors')),
    fileId: z.string().optional(),
    traceId: z.string().meta(means('api.fields.traceId')),
  })
  .meta({ id: 'Problem' })
