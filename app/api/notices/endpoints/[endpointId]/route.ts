import { readJson } from '#lib/http/read-body'
import { withFreshSession } from '#lib/http/with-session'
import { changeEndpoint, removeEndpoint } from '#lib/notices/webhooks/endpoints'

interface Context {
  params: Promise<{ endpointId: string }>
}

/** Gives an endpoint another address or other events, or turns it on or off. */
export const PATCH = withFreshSession(async (request, session, { params }: Context) => {
  const { endpointId } = await params
  return Response.json(await changeEndpoint(session, endpointId, await readJson(request)), {
    headers: { 'cache-control': 'private, no-store' },
  })
})

/** Removes an endpoint: what still waits for it is not sent. */
export const DELETE = withFreshSession(async (_request, session, { params }: Context) => {
  await removeEndpoint(session, (await params).endpointId)
  return new Response(null, { status: 204 })
})
