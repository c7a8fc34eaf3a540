import { cancelRuns } from '#lib/canvas/run/running'
import { withSession } from '#lib/http/with-session'

interface Context {
  params: Promise<{ canvasId: string }>
}

/** Cancels what the runs of a canvas have not finished, and answers how much that was. */
export const POST = withSession(async (_request, { ownerId }, { params }: Context) =>
  Response.json(await cancelRuns(ownerId, (await params).canvasId)),
)
