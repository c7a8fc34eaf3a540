import { withBasePath } from '#lib/contract/calls/base-path'
import { problemOfSilence } from '#lib/contract/calls/call-api'
import { type ImageView } from '#lib/contract/generation-inputs'
import type { UploadView } from '#lib/contract/library/library'
import { hasFields, ProblemError, readAnswer } from '#lib/contract/problem'
import { withOwnSession } from './own-session.ts'

// As long as the server waits for a body that brings nothing, and a little more for what it does with it.
const silenceMs = 90_000

/** Where to end an upload that is no longer wanted. */
interface UploadOptions {
  onProgress: (fraction: number) => void
  signal?: AbortSignal
}

/**
 * Uploads a picture to start videos from, and tells how far it is, from 0 to 1. Ends on silence only, never because a
 * line is slow. Rejects with `ProblemError`, and with the signal's reason where it is aborted. The same picture twice is
 * one picture, so trying again is always safe.
 */
export async function uploadImage(picture: Blob, options: UploadOptions): Promise<ImageView> {
  const leave = askBeforeLeaving()
  try {
    const response = await withOwnSession(() => send(withBasePath('/api/image'), picture, options))
    return await readAnswer(response, isImageView, picture.size)
  } finally {
    leave()
  }
}

/** Takes a film or a picture into the library, in the same way. */
export async function importFile(file: File, options: UploadOptions): Promise<UploadView> {
  const leave = askBeforeLeaving()
  const path = withBasePath(`/api/library/import?name=${encodeURIComponent(file.name)}`)
  try {
    const response = await withOwnSession(() => send(path, file, options))
    return await readAnswer(response, isUploadView, file.size)
  } finally {
    leave()
  }
}

/** Has the browser ask before the page is left or reloaded: what is not uploaded yet is in no draft. */
function askBeforeLeaving() {
  const ask = (event: BeforeUnloadEvent) => event.preventDefault()
  addEventListener('beforeunload', ask)
  return () => removeEventListener('beforeunload', ask)
}

/** By XMLHttpRequest, since `fetch` tells nothing while it sends. */
function send(path: string, file: Blob, { onProgress, signal }: UploadOptions) {
  return new Promise<Response>((resolve, reject) => {
    signal?.throwIfAborted()
    const request = new XMLHttpRequest()
    const lose = () => void problemOfSilence().then((problem) => reject(new ProblemError(problem)))
    const silence = watchSilence(() => {
      lose()
      request.abort()
    })
    request.open('POST', path)
    request.setRequestHeader('content-type', file.type || 'application/octet-stream')
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      silence.heard()
      if (total > 0) onProgress(loaded / total)
    })
    request.addEventListener('load', () => resolve(answerOf(request)))
    request.addEventListener('error', lose)
    request.addEventListener('loadend', silence.end)
    signal?.addEventListener('abort', () => {
      reject(signal.reason as Error)
      request.abort()
    })
    request.send(file)
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

/** Calls back once nothing was heard for too long. */
function watchSilence(onSilence: () => void) {
  let timer = setTimeout(onSilence, silenceMs)
  return {
    heard: () => {
      clearTimeout(timer)
      timer = setTimeout(onSilence, silenceMs)
    },
    end: () => clearTimeout(timer),
  }
}

function isUploadView(value: unknown): value is UploadView {
  return hasFields(value, { id: 'string', type: 'string', url: 'string' })
}

function isImageView(value: unknown): value is ImageView {
  return hasFields(value, { id: 'string', url: 'string', contentType: 'string' })
}
