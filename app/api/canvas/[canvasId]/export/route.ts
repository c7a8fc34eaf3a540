import { exportCanvas } from '#lib/canvas/store/copy-canvas'
import { withSession } from '#lib/http/with-session'

interface Context {
  params: Promise<{ canvasId: string }>
}

/** A canvas as a file to download. */
export const GET = withSession(async (_request, { ownerId }, { params }: Context) => {
  const { canvasId } = await params
  const headers = {
    'cache-control': 'private, no-store',
    'content-disposition': `attachment; filename="${canvasId}.json"`,
  }
  return Response.json(await exportCanvas(ownerId, canvasId), { headers })
})
