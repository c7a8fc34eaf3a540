import { planRun } from '#lib/canvas/run/plan'
import { readRunRequest } from '#lib/canvas/run/run'
import { readJson } from '#lib/http/read-body'
import { withSession } from '#lib/http/with-session'

interface Context {
  params: Promise<{ canvasId: string }>
}

/** What a run would make, in which order, and what it costs. Nothing is started. */
export const POST = withSession(async (request, session, { params }: Context) => {
  const asked = readRunRequest(await readJson(request))
  const { plan } = await planRun(session, (await params).canvasId, asked)
  return Response.json(plan, { headers: { 'cache-control': 'private, no-store' } })
})
