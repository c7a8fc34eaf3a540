import { withSession } from '#lib/http/with-session'
import { signInFirst } from '#lib/people/accounts/auth-error'
import { listOwnSessions } from '#lib/people/accounts/own-sessions'

/** The browsers that the account is signed in with. */
export const GET = withSession(async (_request, { isVisitor, keyId, userId, sessionId }) => {
  if (isVisitor || keyId) throw signInFirst()
  const sessions = await listOwnSessions(userId, sessionId)
  return Response.json({ sessions }, { headers: { 'cache-control': 'private, no-store' } })
})
