import { withFreshSession } from '#lib/http/with-session'
import { changeSecret } from '#lib/notices/webhooks/endpoints'

/** Makes another secret. Webhooks are signed with both for a day. */
export const POST = withFreshSession(async (_request, session) =>
  Response.json(await changeSecret(session), {
    headers: { 'cache-control': 'private, no-store' },
  }),
)
