import { inWords } from '#lib/messages/translate'
import { readProviders } from '#lib/reporting/providers'
import { assertOwnHost } from '#lib/http/own-page'
import { withSession } from '#lib/http/with-session'

/** Every provider: what turns it on, how it is, and what it did here. Never a secret, and by our own names only. */
export const GET = withSession(async (request) => {
  assertOwnHost(request)
  return Response.json(inWords(request.headers, await readProviders()), {
    headers: { 'cache-control': 'private, no-store' },
  })
})
