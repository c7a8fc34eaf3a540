import type { StartOptions } from '../../generations/start/prepare.ts'
import { startVariations } from '../../generations/start/start.ts'
import { readSpendingBody } from '../spending-body.ts'
import { startedResponse } from './started-response.ts'
import { withAccount } from '../with-session.ts'

/** Starts one of a kind and its variations. 202 as soon as each is a row; all else is told on `file.<fileId>`. */
export function startRoute(kind: NonNullable<StartOptions['kind']>) {
  return withAccount(async (request: Request, session) => {
    const rows = await startVariations({
      caller: session,
      kind,
      isNewcomer: session.isNew,
      body: await readSpendingBody(request, session),
      idempotencyKey: request.headers.get('idempotency-key'),
      // Browsers say where a request comes from; programs do not.
      origin: { door: request.headers.has('sec-fetch-site') ? 'form' : 'api', place: null },
    })
    return startedResponse(rows)
  })
}
