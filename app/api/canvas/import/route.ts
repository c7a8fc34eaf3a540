import { importCanvas, importMaxBytes } from '#lib/canvas/store/import-canvas'
import { readJson } from '#lib/http/read-body'
import { withAccount } from '#lib/http/with-session'

/** Makes a canvas from a file; with `?media=own` without the images and videos in it that are not the user's. */
export const POST = withAccount(async (request, { ownerId }) => {
  const isOwnOnly = new URL(request.url).searchParams.get('media') === 'own'
  const made = await importCanvas(ownerId, await readJson(request, importMaxBytes), { isOwnOnly })
  const headers = { 'cache-control': 'private, no-store' }
  return Response.json(made, { status: 201, headers })
})
