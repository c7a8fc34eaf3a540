import { withBasePath } from '#lib/contract/calls/base-path'
import { callApi } from '#lib/contract/calls/call-api'
import { type LibraryItem, isLibraryItem } from '#lib/contract/library/library'
import { readAnswer } from '#lib/contract/problem'

// A long film is read up to the frame, and others may be ahead of it.
const timeoutMs = 120_000

/** Makes the frame that a video shows at a second its poster. Rejects with `ProblemError`. */
export function choosePoster(id: string, atSeconds: number): Promise<LibraryItem> {
  const headers = { 'content-type': 'application/json' }
  return send(id, { method: 'PUT', headers, body: JSON.stringify({ atSeconds }) })
}

/** Goes back to the usual poster. Rejects with `ProblemError`. */
export function restorePoster(id: string): Promise<LibraryItem> {
  return send(id, { method: 'DELETE' })
}

async function send(id: string, init: RequestInit) {
  const url = withBasePath(`/api/file/${encodeURIComponent(id)}/poster`)
  const signal = AbortSignal.timeout(timeoutMs)
  return readAnswer(await callApi(url, { ...init, signal }), isLibraryItem)
}
