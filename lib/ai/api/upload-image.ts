import { withBasePath } from '#lib/contract/calls/base-path'
import { problemOfSilence } from '#lib/contract/calls/call-api'
import { type ImageView } from '#lib/contract/generation-inputs'
import { hasFields, ProblemError, readAnswer } from '#lib/contract/problem'
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
  const response = await withOwnSession(() => send(picture, onProgress))
  return readAnswer(response, isImageView, picture.size)
}

/** By XMLHttpRequest, since `fetch` tells nothing while it sends. */
function send(picture: Blob, onProgress: (fraction: number) => void) {
  return new Promise<Response>((resolve, reject) => {
    const request = new XMLHttpRequest()
    const lose = () => void problemOfSilence().then((problem) => reject(new ProblemError(problem)))
    request.open('POST', withBasePath('/api/image'))
    request.setRequestHeader('content-type', picture.type)
    request.timeout = timeoutMs
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      if (total > 0) onProgress(loaded / total)
    })
    request.addEventListener('load', () => resolve(answerOf(request)))
    request.addEventListener('error', lose)
    request.addEventListener('timeout', lose)
    request.send(picture)
  })
}

/** With the headers that tell whose answer it is. */
function answerOf(request: XMLHttpRequest) {
  const names = ['content-type', 'server']
  const headers = names.flatMap((name): [string, string][] => {
    const value = request.getResponseHeader(name)
    return value === null ? [] : [[name, value]]
  })
  return new Response(request.responseText || null, { status: request.status, headers })
}

function isImageView(value: unknown): value is ImageView {
  return hasFields(value, { id: 'string', url: 'string', contentType: 'string' })
}
