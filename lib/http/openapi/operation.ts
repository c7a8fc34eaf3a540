import { z } from 'zod'
import type { $ZodType } from 'zod/v4/core'
import type { Messages } from '#lib/messages/message'
import { means } from '#lib/contract/api/sentence'
import type { ErrorCode } from '#lib/contract/problem'

export type OperationId = keyof Messages['api']['operations']
type Tag = keyof Messages['api']['tags']

/** What an answer holds: JSON of a schema, text of a type, or nothing. */
type Content = z.ZodType | { type: string; schema?: z.ZodType } | undefined

/** One request the API takes. Its words are messages of `api.operations`. */
export interface Operation {
  id: OperationId
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** Below `/api/v1` and `/api`. */
  path: string
  tag: Tag
  params?: z.ZodObject
  query?: z.ZodObject
  headers?: z.ZodObject
  body?: { schema?: $ZodType; type?: string; example?: unknown }
  answers: Record<number, Content>
  /** What may go wrong besides what may go wrong everywhere. */
  codes?: ErrorCode[]
  /** Answered also without a key or a session. */
  isOpen?: true
}

export const idempotency = z.object({
  'Idempotency-Key': z
    .string()
    .regex(/^[\x21\x22\x24-\x7e]{1,255}$/)
    .optional()
    .meta({ ...means('api.fields.idempotencyKey'), example: 'order-4711' }),
})

/** What may go wrong where an idempotency key is taken. */
export const keyCodes: ErrorCode[] = [
  'invalid_idempotency_key',
  'idempotency_key_reused',
  'idempotency_key_in_use',
]

/** What may go wrong where a generation starts. */
export const startCodes: ErrorCode[] = [
  ...keyCodes,
  'invalid_input',
  'insufficient_credits',
  'too_many_unfinished',
  'spending_limit_reached',
  'sign_in_required',
  'storage_full',
]

export const known = z.object({
  'If-None-Match': z.string().optional().meta(means('api.fields.ifNoneMatch')),
})

export const cursor = z.string().optional().meta(means('api.fields.cursor'))

const anId = (kind: string) => `${kind}_0123456789abcdefghijklmn`

export const fileId = z.object({
  fileId: z.string().meta({ ...means('api.fields.fileId'), example: anId('file') }),
})

export const chatId = z.object({
  chatId: z.string().meta({ ...means('api.fields.chatId'), example: anId('chat') }),
})

export const page = z.object({
  cursor,
  limit: z.int().min(1).max(100).optional().meta(means('api.fields.limit')),
})

export const ofKind = z.object({
  kind: z.enum(['video', 'image']).optional().meta(means('api.fields.kind')),
})

/** The type of an event stream. */
export const events = 'text/event-stream'
