import type { FileView } from '#lib/contract/file-view'
import { message } from '#lib/messages/message'
import { sayTo } from '#lib/messages/translate'
import { findOwned } from '../../generations/queries.ts'
import { fileViewOf } from '../../generations/view.ts'
import { addressAskedAt, signedVideoLink } from '../../http/media/signed-link.ts'
import { notFound } from '../../http/problem-response.ts'
import { withKey } from '../program-caller.ts'
import { asOpenJourney, success } from './answers.ts'

/** `GET /api/openjourney/status/<taskId>`: how far a video is, and where it plays once it is there. */
export async function status(request: Request, taskId: string) {
  return asOpenJourney(await read(request, taskId), request)
}

const read = withKey(async (request, { ownerId }, taskId: string) => {
  const row = await findOwned(ownerId, taskId)
  if (!row) throw notFound()
  const view = fileViewOf(row)
  const videoUrl = signedVideoLink(row, { studio: addressAskedAt(request) })
  const error = errorOf(view, request)
  return success({
    // It has no word for canceled.
    status: view.status === 'canceled' ? 'failed' : view.status,
    progress: progressOf(view),
    ...(videoUrl && { videoUrl }),
    ...(error && { error }),
  })
})

function progressOf({ status: now, progress }: FileView) {
  if (now === 'completed') return 100
  return Math.min(99, Math.floor(progress ?? 0))
}

function errorOf(view: FileView, { headers }: Request) {
  if (view.status === 'canceled')
    return {
      code: 'canceled',
      message: sayTo(headers, message('openjourney.canceled')),
      retryable: false,
    }
  if (!view.error) return undefined
  const { code, messageRef, retryable } = view.error
  return { code, message: sayTo(headers, messageRef ?? view.error.message), retryable }
}
