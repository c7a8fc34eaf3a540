import { readJson } from '#lib/http/read-body'
import { withAccount, withFreshSession } from '#lib/http/with-session'
import { pushBrowsers, subscribe, unsubscribe } from '#lib/notices/push/subscriptions'

const headers = { 'cache-control': 'private, no-store' }

/** What a browser subscribes with, and the user's browsers that did. */
export const GET = withFreshSession(async (_request, session) =>
  Response.json(await pushBrowsers(session), { headers }),
)

/** Keeps the subscription of this browser, as the browser writes it. */
export const POST = withAccount(async (request, session) => {
  await subscribe(session, await readJson(request), request.headers.get('user-agent') ?? '')
  return new Response(null, { status: 204 })
})

/** Forgets a browser, by `endpoint` or `id`. */
export const DELETE = withFreshSession(async (request, session) => {
  await unsubscribe(session, await readJson(request))
  return new Response(null, { status: 204 })
})
