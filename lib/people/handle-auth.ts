import { authFor } from './accounts/oidc.ts'
import { keepVisitor } from './adoption/keep-visitor.ts'
import { endSessions } from './accounts/own-sessions.ts'
import { accountSessionsOf } from './session.ts'

/**
 * Answers a request below `/api/auth`, of which the path and the body are known to be right. Throws what is refused. All
 * that signs in goes through here: what the browser had as a visitor comes along. Signing out ends every session of an
 * account that the browser brings: one by a name or for a path of before would be a way in for the next user.
 */
export async function handleAuth(request: Request): Promise<Response> {
  const isSignOut = new URL(request.url).pathname.endsWith('/sign-out')
  const over = isSignOut ? await accountSessionsOf(request) : []
  const answer = await keepVisitor(request, async (asked) => {
    const { handler } = await authFor(new URL(asked.url).pathname)
    return handler(asked)
  })
  await endSessions(over)
  return answer
}
