import { withFreshSession } from '#lib/http/with-session'
import { testEndpoint } from '#lib/notices/webhooks/deliveries'

interface Context {
  params: Promise<{ endpointId: string }>
}

/** Sends a test event to an endpoint, and says how that went. */
export const POST = withFreshSession(async (_request, session, { params }: Context) =>
  Response.json(await testEndpoint(session, (await params).endpointId), {
    headers: { 'cache-control': 'private, no-store' },
  }),
)
