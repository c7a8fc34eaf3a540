import { patchMaxBytes, patchOf, sinceOf } from '#lib/canvas/input'
import { deleteCanvas, trashCanvas } from '#lib/canvas/store/canvases'
import { changeCanvas } from '#lib/canvas/store/change-canvas'
import { viewOf } from '#lib/canvas/store/elements'
import { findCanvas } from '#lib/canvas/store/find-canvas'
import { readJson } from '#lib/http/read-body'
import { withSession } from '#lib/http/with-session'

interface Context {
  params: Promise<{ canvasId: string }>
}

const headers = { 'cache-control': 'private, no-store' }

/** A canvas with all that is on it, or with what has changed since a version. */
export const GET = withSession(async (request, { ownerId }, { params }: Context) => {
  const row = await findCanvas(ownerId, (await params).canvasId)
  return Response.json(await viewOf(row, sinceOf(request.url)), { headers })
})

/** Changes a canvas, whole or not at all; the same request again changes nothing more. */
export const PATCH = withSession(async (request, { ownerId }, { params }: Context) => {
  const patch = patchOf(await readJson(request, patchMaxBytes))
  return Response.json(await changeCanvas(ownerId, (await params).canvasId, patch), { headers })
})

/** Moves a canvas to the trash, or with `?forever=1` deletes for good what is there. */
export const DELETE = withSession(async (request, { ownerId }, { params }: Context) => {
  const isForever = new URL(request.url).searchParams.get('forever') === '1'
  const remove = isForever ? deleteCanvas : trashCanvas
  await remove(ownerId, (await params).canvasId)
  return new Response(null, { status: 204 })
})
