import { withBasePath } from '#lib/contract/calls/base-path'
import type { VideoGenerationResult } from '#lib/contract/file-view'
import type { GenerationRow } from '../../generations/row.ts'
import { fileViewOf } from '../../generations/view.ts'

/** The answer to a start: 202 with the first generation's address, and the view of each. */
export function startedResponse(rows: GenerationRow[]) {
  const files = rows.map(fileViewOf)
  const { id, url } = files[0]!
  const result: VideoGenerationResult = {
    success: true,
    projectId: id,
    requestId: id,
    fileId: id,
    message: 'Started. Follow it on its event stream, or poll it.',
    files,
    ...(url && { url }),
  }
  return Response.json(result, {
    status: 202,
    headers: { location: withBasePath(`/api/file/${id}`) },
  })
}
