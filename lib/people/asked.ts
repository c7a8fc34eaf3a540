import { z } from 'zod'
import { nameMaxLength } from '#lib/contract/people/organization'
import type { Caller } from '#lib/contract/people/caller'
import { isBlank, plainText } from '#lib/contract/text/plain-text'
import { type MessageRef, message } from '#lib/messages/message'
import { AppError, type FieldFault } from '../errors.ts'
import { signInFirst } from './accounts/auth-error.ts'

/** Throws unless a signed-in account asks, with a session of its own. */
export function assertAccount({ isVisitor, keyId }: Pick<Caller, 'isVisitor' | 'keyId'>) {
  if (isVisitor) throw signInFirst()
  if (keyId !== null) throw new AppError('forbidden', { userMessage: message('errors.keyNotHere') })
}

/** The name of an organization or a key: one line that can be seen. */
export const nameSchema = z
  .string()
  .transform((text) => plainText(text).replaceAll(/\s+/g, ' ').trim())
  .refine((text) => !isBlank(text) && Array.from(text).length <= nameMaxLength)

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
