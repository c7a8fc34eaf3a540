import { type ImageView } from '#lib/contract/generation-inputs'
import { hasFields, networkProblem, ProblemError, readAnswer } from '#lib/contract/problem'
import { withOwnSession } from './own-session.ts'

const timeoutMs = 60_000

/**
 * Uploads a picture to start videos from, and tells how far it is, from 0 to 1. Rejects with `ProblemError`. The same
 * picture twice is one picture, so trying again is always safe.
 */
export async function uploadImage(
  picture: Blob,
  onProgress: (fraction: number) => void,
): Promise<ImageView> {
  const response = await withOwnSession(() => send(picture, onProgress)).catch((error: unknown) => {
    if (error instanceof ProblemError) throw error
    throw new ProblemError(networkProblem())
  })
  return readAnswer(response, isImageView)
}

/** By XMLHttpRequest, since `fetch` tells nothing while it sends. */
function send(picture: Blob, onProgress: (fraction: number) => void) {
  return new Promise<Response>((resolve, reject) => {
    const request = new XMLHttpRequest()
    const lose = () => reject(new ProblemError(networkProblem()))
    request.open('POST', '/api/image')
    request.setRequestHeader('content-type', picture.type)
    request.timeout = timeoutMs
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      if (total > 0) onProgress(loaded / total)
    })
    request.addEventListener('load', () =>
      resolve(new Response(request.responseText, { status: request.status })),
    )
    request.addEventListener('error', lose)
    request.addEventListener('timeout', lose)
    request.send(picture)
  })
}

function isImageView(value: unknown): value is ImageView {
  return hasFields(value, { id: 'string', url: 'string', contentType: 'string' })
}
