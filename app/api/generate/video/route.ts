import type { FileView, VideoGenerationResult } from '#lib/contract/file-view'
import { fileViewOf } from '#lib/generations/view'
import { startVariations } from '#lib/generations/start/start'
import { readJson } from '#lib/http/read-body'
import { withSession } from '#lib/http/with-session'

/** Starts a video and its variations. 202 as soon as each is a row; all else is told on `file.<fileId>`. */
export const POST = withSession(async (request, { userId, isNew }) => {
  const rows = await startVariations({
    ownerId: userId,
    isNewcomer: isNew,
    body: await readJson(request),
    idempotencyKey: request.headers.get('idempotency-key'),
    // Browsers say where a request comes from; programs do not.
    origin: { door: request.headers.has('sec-fetch-site') ? 'form' : 'api', place: null },
  })
  const views = rows.map(fileViewOf)
  const [{ id, url }] = views as [FileView]
  const result: VideoGenerationResult = {
    success: true,
    projectId: id,
    requestId: id,
    fileId: id,
    message: 'Started. Follow it on its event stream, or poll it.',
    files: views,
    ...(url && { url }),
  }
  return Response.json(result, { status: 202, headers: { location: `/api/file/${id}` } })
})
