import type { z } from 'zod'
import { type MessageRef, message } from '#lib/messages/message'
import { AppError, type FieldFault } from './errors.ts'

/** What a body says, by its schema; throws with every faulty field named, and with the fields there are none of. */
export function parsed<T extends z.ZodType>(
  schema: T,
  body: unknown,
  wanted: Record<string, MessageRef>,
): z.output<T> {
  const { data, error } = schema.safeParse(body)
  if (!error) return data
  const fields = error.issues.flatMap((issue) => faultsOf(issue, wanted))
  const { field, message: says } = fields[0]!
  throw new AppError('invalid_input', {
    userMessage: message('request.fault', { field, says }),
    fields,
  })
}

function faultsOf(issue: z.core.$ZodIssue, wanted: Record<string, MessageRef>): FieldFault[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((field) => ({ field, message: message('request.unknown_setting') }))
  const field = String(issue.path[0] ?? 'body')
  return [{ field, message: wanted[field] ?? message('errors.sendObject') }]
}
