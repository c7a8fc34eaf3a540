import { authFor } from './accounts/oidc.ts'
import { keepVisitor } from './adoption/keep-visitor.ts'

/**
 * Answers a request below `/api/auth`, of which the path and the body are known to be right. Throws what is refused. All
 * that signs in goes through here: what the browser had as a visitor comes along.
 */
export function handleAuth(request: Request): Promise<Response> {
  return keepVisitor(request, async (asked) => {
    const { handler } = await authFor(new URL(asked.url).pathname)
    return handler(asked)
  })
}
