import { message } from '#lib/messages/message'
import { AppError } from '../errors.ts'
import type { Session } from '../people/session.ts'
import { readJson } from './read-body.ts'
import { whatIsOver } from './streams/held-streams.ts'

/**
 * The JSON body of a request that spends. A body takes as long as its sender likes: throws `forbidden` where the session
 * or the key of the request is over by the time it is here, or is for another owner. Of visitors the start itself sees to
 * that.
 */
export async function readSpendingBody(
  request: Request,
  session: Session,
  maxBytes?: number,
): Promise<unknown> {
  const body = await readJson(request, maxBytes)
  if (!session.isVisitor && (await whatIsOver([session])).length > 0)
    throw new AppError('forbidden', { userMessage: message('errors.noLongerAllowed') })
  return body
}
