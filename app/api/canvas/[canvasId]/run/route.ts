import { readRunRequest, runCanvas } from '#lib/canvas/run/run'
import { readSpendingBody } from '#lib/http/spending-body'
import { withSession } from '#lib/http/with-session'

interface Context {
  params: Promise<{ canvasId: string }>
}

/** Starts what a plan says: all of it, or nothing. 202 as soon as each is a row. */
export const POST = withSession(async (request, session, { params }: Context) => {
  const run = await runCanvas({
    caller: session,
    canvasId: (await params).canvasId,
    request: readRunRequest(await readSpendingBody(request, session)),
    key: request.headers.get('idempotency-key'),
  })
  return Response.json(run, { status: 202 })
})
