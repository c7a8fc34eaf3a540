import { message } from '#lib/messages/message'
import { AppError } from '#lib/errors'
import { withSession } from '#lib/http/with-session'
import { revokeInvitation } from '#lib/people/accounts/invitations'
import { assertAdmin } from '#lib/people/accounts/people'

interface Context {
  params: Promise<{ id: string }>
}

/** Ends an invitation that was not used. */
export const DELETE = withSession<Request, [Context]>(async (_request, session, { params }) => {
  await assertAdmin(session)
  if (!(await revokeInvitation((await params).id)))
    throw new AppError('not_found', { userMessage: message('people.noSuchInvitation') })
  return new Response(null, { status: 204 })
})
