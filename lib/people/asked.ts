import { z } from 'zod'
import { nameMaxLength } from '#lib/contract/people/organization'
import type { Caller } from '#lib/contract/people/caller'
import { isBlank, plainName } from '#lib/contract/text/plain-text'
import { message } from '#lib/messages/message'
import { AppError } from '../errors.ts'
import { signInFirst } from './accounts/auth-error.ts'

/** Throws unless a signed-in account asks, with a session of its own. */
export function assertAccount({ isVisitor, keyId }: Pick<Caller, 'isVisitor' | 'keyId'>) {
  if (isVisitor) throw signInFirst()
  if (keyId !== null) throw new AppError('forbidden', { userMessage: message('errors.keyNotHere') })
}

/** The name of an organization or a key: one line that can be seen. */
export const nameSchema = z
  .string()
  .transform((text) => plainName(text))
  .refine((text) => !isBlank(text) && Array.from(text).length <= nameMaxLength)
