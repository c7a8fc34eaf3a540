import { readJson } from '#lib/http/read-body'
import { withFreshSession } from '#lib/http/with-session'
import { addEndpoint, listEndpoints } from '#lib/notices/webhooks/endpoints'

const headers = { 'cache-control': 'private, no-store' }

/** The addresses that outgoing webhooks of the active account or organization go to, and their secret. */
export const GET = withFreshSession(async (_request, session) =>
  Response.json(await listEndpoints(session), { headers }),
)

/** Adds one. */
export const POST = withFreshSession(async (request, session) =>
  Response.json(await addEndpoint(session, await readJson(request)), { status: 201, headers }),
)
