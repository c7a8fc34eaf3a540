import { startVariations } from '#lib/generations/start/start'
import { readJson } from '#lib/http/read-body'
import { startedResponse } from '#lib/http/started-response'
import { withAccount } from '#lib/http/with-session'

/** Starts a video and its variations. 202 as soon as each is a row; all else is told on `file.<fileId>`. */
export const POST = withAccount(async (request, session) => {
  const rows = await startVariations({
    caller: session,
    isNewcomer: session.isNew,
    body: await readJson(request),
    idempotencyKey: request.headers.get('idempotency-key'),
    // Browsers say where a request comes from; programs do not.
    origin: { door: request.headers.has('sec-fetch-site') ? 'form' : 'api', place: null },
  })
  return startedResponse(rows)
})
