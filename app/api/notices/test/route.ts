import { readJson } from '#lib/http/read-body'
import { withFreshSession } from '#lib/http/with-session'
import { testChannel } from '#lib/notices/preferences'

/** Sends a test message by one channel, and says how that went. */
export const POST = withFreshSession(async (request, session) =>
  Response.json(await testChannel(session, await readJson(request)), {
    headers: { 'cache-control': 'private, no-store' },
  }),
)
