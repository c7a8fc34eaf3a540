import { startEdit } from '#lib/generations/start/start-edit'
import { readSpendingBody } from '#lib/http/spending-body'
import { startedResponse } from '#lib/http/start/started-response'
import { withAccount } from '#lib/http/with-session'

/** Starts an edit of finished videos, which is free. 202 as soon as it is a row; all else is told on `file.<fileId>`. */
export const POST = withAccount(async (request, session) => {
  const row = await startEdit({
    caller: session,
    body: await readSpendingBody(request, session),
    idempotencyKey: request.headers.get('idempotency-key'),
    // Browsers say where a request comes from; programs do not.
    origin: { door: request.headers.has('sec-fetch-site') ? 'form' : 'api', place: null },
  })
  return startedResponse([row])
})
