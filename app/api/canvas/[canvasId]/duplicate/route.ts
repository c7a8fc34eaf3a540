import { duplicateCanvas } from '#lib/canvas/store/copy-canvas'
import { withSession } from '#lib/http/with-session'

interface Context {
  params: Promise<{ canvasId: string }>
}

/** Makes a copy of a canvas, with elements and chats of its own. */
export const POST = withSession(async (request, { ownerId }, { params }: Context) => {
  const headers = { 'cache-control': 'private, no-store' }
  const copy = await duplicateCanvas(ownerId, (await params).canvasId, request.headers)
  return Response.json(copy, { status: 201, headers })
})
