import { startWork } from '#lib/generations/work/start-work'
import { readSpendingBody } from '#lib/http/spending-body'
import { startedResponse } from '#lib/http/start/started-response'
import { withAccount } from '#lib/http/with-session'

/** Starts an extension or a larger version of a finished video, which is paid for like any start. 202 as soon as it is a row. */
export const POST = withAccount(async (request, session) => {
  const row = await startWork({
    caller: session,
    body: await readSpendingBody(request, session),
    idempotencyKey: request.headers.get('idempotency-key'),
    // Browsers say where a request comes from; programs do not.
    origin: { door: request.headers.has('sec-fetch-site') ? 'form' : 'api', place: null },
  })
  return startedResponse([row])
})
