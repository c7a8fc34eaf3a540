import { withFreshSession } from '#lib/http/with-session'
import { sendAgain } from '#lib/notices/webhooks/deliveries'

interface Context {
  params: Promise<{ deliveryId: string }>
}

/** Sends an event again, with the same id. */
export const POST = withFreshSession(async (_request, session, { params }: Context) =>
  Response.json(await sendAgain(session, (await params).deliveryId), {
    headers: { 'cache-control': 'private, no-store' },
  }),
)
