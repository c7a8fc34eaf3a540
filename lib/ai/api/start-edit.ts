import { withBasePath } from '#lib/contract/calls/base-path'
import type { EditRequest } from '#lib/contract/edit/edit-request'
import { startGeneration } from './generate-video.ts'

/** Starts an edit of finished videos, as `generateVideo` starts a video. */
export function startEdit(request: EditRequest, idempotencyKey: string) {
  return startGeneration(withBasePath('/api/edit'), request, { idempotencyKey })
}
