import type { Caller } from '#lib/contract/people/caller'
import { message } from '#lib/messages/message'
import { AppError } from '../errors.ts'
import { callerByKey } from '../http/front-door/key-scopes.ts'
import { problemResponse } from '../http/problem-response.ts'

/**
 * Doors for programs take a request with an API key only, whatever a studio lets its visitors do. Throws `key_invalid`
 * for one without.
 */
export function assertByKey({ keyId }: Pick<Caller, 'keyId'>) {
  if (keyId === null) throw keyNeeded()
}

/**
 * A request handler for programs: who asks is known by an API key alone, whatever cookies come along, and every error is
 * a problem answer. A request without a key makes no account.
 */
export function withKey<Rest extends unknown[]>(
  handle: (request: Request, caller: Caller, ...rest: Rest) => Promise<Response>,
) {
  return async (request: Request, ...rest: Rest): Promise<Response> => {
    try {
      const caller = await callerByKey(request)
      if (!caller) throw keyNeeded()
      return await handle(request, caller, ...rest)
    } catch (error) {
      return problemResponse(error, request)
    }
  }
}

function keyNeeded() {
  return new AppError('key_invalid', { userMessage: message('errors.keyNeeded') })
}
