import { authFor } from './accounts/oidc.ts'

/** Answers a request below `/api/auth`, of which the path and the body are known to be right. Throws what is refused. */
export async function handleAuth(request: Request): Promise<Response> {
  const { handler } = await authFor(new URL(request.url).pathname)
  return handler(request)
}
