import { withFreshSession } from '#lib/http/with-session'
import { listDeliveries } from '#lib/notices/webhooks/deliveries'

/** The events that were sent by outgoing webhooks, newest first, with the answers to them. */
export const GET = withFreshSession(async (request, session) => {
  const cursor = new URL(request.url).searchParams.get('cursor') ?? undefined
  return Response.json(await listDeliveries(session, cursor), {
    headers: { 'cache-control': 'private, no-store' },
  })
})
