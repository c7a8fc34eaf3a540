import { message } from '#lib/messages/message'
import { AppError } from '#lib/errors'
import { withSession } from '#lib/http/with-session'
import { signInFirst } from '#lib/people/accounts/auth-error'
import { revokeOwnSession } from '#lib/people/accounts/own-sessions'

interface Context {
  params: Promise<{ id: string }>
}

/** Signs one browser out. */
export const DELETE = withSession<Request, [Context]>(async (_request, session, { params }) => {
  if (session.isVisitor || session.keyId) throw signInFirst()
  if (!(await revokeOwnSession(session.userId, (await params).id)))
    throw new AppError('not_found', { userMessage: message('people.noSuchSession') })
  return new Response(null, { status: 204 })
})
