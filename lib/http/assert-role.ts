import type { Caller } from '#lib/contract/people/caller'
import { message } from '#lib/messages/message'
import { AppError } from '../errors.ts'

/** Throws unless an account asks that can be signed in to, with its own session and no API key. */
export function assertSignedIn({ isVisitor, keyId }: Pick<Caller, 'isVisitor' | 'keyId'>) {
  if (!isVisitor && keyId === null) return
  throw new AppError('sign_in_required', { userMessage: message('money.signInFirst') })
}

/** Throws unless an owner or admin of the installation asks; an API key needs the scope for it too. */
export function assertAdmin({ isVisitor, role, scopes }: Caller) {
  const isAdmin = !isVisitor && (role === 'owner' || role === 'admin')
  if (isAdmin && (scopes === null || scopes.includes('admin'))) return
  throw new AppError('forbidden', { userMessage: message('money.adminsOnly') })
}
