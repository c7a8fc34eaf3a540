import { cancelRuns } from '#lib/canvas/run/run'
import { withSession } from '#lib/http/with-session'

interface Context {
  params: Promise<{ canvasId: string }>
}

/** Cancels what the runs of a canvas have not finished. */
export const POST = withSession(async (_request, { ownerId }, { params }: Context) => {
  await cancelRuns(ownerId, (await params).canvasId)
  return new Response(null, { status: 204 })
})
