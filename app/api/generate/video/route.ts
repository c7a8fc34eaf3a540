import type { VideoGenerationResult } from '#lib/contract/video-generation-result'
import { fileViewOf } from '#lib/files/file-view-of'
import { startGeneration } from '#lib/generation/start'
import { readJson } from '#lib/http/read-json'
import { withSession } from '#lib/http/with-session'

/** Starts a video. 202 as soon as it is a row; everything after that is told on `file.<fileId>`. */
export const POST = withSession(async (request, { userId }) => {
  const row = await startGeneration({
    userId,
    body: await readJson(request),
    idempotencyKey: request.headers.get('idempotency-key'),
  })
  const view = fileViewOf(row)
  const result: VideoGenerationResult = {
    success: true,
    projectId: row.id,
    requestId: row.id,
    fileId: row.id,
    message: 'Started. Follow it on its event stream, or poll it.',
    files: [view],
    ...(view.url && { url: view.url }),
  }
  return Response.json(result, { status: 202, headers: { location: `/api/file/${row.id}` } })
})
