import { batchMaxBytes } from '#lib/contract/library/batch'
import { findBatch, listBatches } from '#lib/generations/batches/batches'
import { startBatch } from '#lib/generations/batches/start-batch'
import { readSpendingBody } from '#lib/http/spending-body'
import { withAccount, withSession } from '#lib/http/with-session'

/** The newest batches, each as one thing. */
export const GET = withSession(async (_request, session) =>
  Response.json(
    { batches: await listBatches(session.ownerId) },
    { headers: { 'cache-control': 'private, no-store' } },
  ),
)

/** Starts a table of requests: all of them, or none. 202 as soon as each is a row. */
export const POST = withAccount(async (request, session) => {
  const id = await startBatch({
    caller: session,
    isNewcomer: session.isNew,
    body: await readSpendingBody(request, session, batchMaxBytes),
    idempotencyKey: request.headers.get('idempotency-key'),
    origin: { door: request.headers.has('sec-fetch-site') ? 'form' : 'api', place: null },
  })
  return Response.json(await findBatch(session.ownerId, id), { status: 202 })
})
