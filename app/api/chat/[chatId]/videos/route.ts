import { viewOfVideo } from '#lib/chat/core'
import { startNewVersion } from '#lib/chat/start-new-version'
import type { VideoGenerationResult } from '#lib/contract/file-view'
import { readJson } from '#lib/http/read-body'
import { withSession } from '#lib/http/with-session'

interface Context {
  params: Promise<{ chatId: string }>
}

/** Starts a new version of a video outside the conversation; 202 as soon as it is a row. */
export const POST = withSession(async (request, { userId }, { params }: Context) => {
  const row = await startNewVersion({
    userId,
    chatId: (await params).chatId,
    body: await readJson(request),
    idempotencyKey: request.headers.get('idempotency-key'),
  })
  const result: VideoGenerationResult = {
    success: true,
    projectId: row.id,
    requestId: row.id,
    fileId: row.id,
    message: 'Started. Follow it on its event stream, or poll it.',
    files: [viewOfVideo(row)],
  }
  return Response.json(result, { status: 202, headers: { location: `/api/file/${row.id}` } })
})
