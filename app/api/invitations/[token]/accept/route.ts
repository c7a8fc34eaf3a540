import { clientOf } from '#lib/http/answer-auth'
import { withSession } from '#lib/http/with-session'
import { signInFirst } from '#lib/people/accounts/auth-error'
import { acceptInvitation } from '#lib/people/accounts/invitations'
import { assertMayTry } from '#lib/people/accounts/tries'

interface Context {
  params: Promise<{ token: string }>
}

/** Takes an invitation for the account that is signed in. */
export const POST = withSession<Request, [Context]>(async (request, session, { params }) => {
  if (session.isVisitor || session.keyId) throw signInFirst()
  await assertMayTry({ what: 'link', address: clientOf(request) })
  await acceptInvitation((await params).token, session.userId)
  return Response.json({ status: true })
})
