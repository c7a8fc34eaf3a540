import { callApi } from '#lib/contract/calls/call-api'
import { type FileView, isFileView } from '#lib/contract/file-view'
import { isNotFound, readAnswer } from '#lib/contract/problem'
import { notePoll } from './connection-status.ts'
import { addSign, noteGone, peekView, receiveView } from './file-store.ts'
import { sessionTroubleOf } from '#lib/contract/calls/page-session'

const timeoutMs = 8_000
const usualSeconds = 10
const jitter = 0.1

/** When the server wants to be asked next, by file, in seconds. */
const retryAfter = new Map<string, number>()

/** Asks the truth about a file once. Rejects with `ProblemError`; a 304 is the view we have. */
export async function pollFile(key: string, fetch = globalThis.fetch): Promise<FileView> {
  const fileId = key.slice(key.lastIndexOf('/') + 1)
  const known = peekView(fileId)
  const headers: HeadersInit = known ? { 'if-none-match': `"${known.version}"` } : {}
  const signal = AbortSignal.timeout(timeoutMs)
  const response = await callApi(key, { headers, signal }, fetch).catch((error: unknown) => {
    notePoll(false)
    throw error
  })
  const trouble = sessionTroubleOf(response)
  retryAfter.set(fileId, Number(response.headers.get('retry-after')) || usualSeconds)
  if (response.status === 304 && known) {
    notePoll(true)
    addSign(fileId, 'poll')
    return peekView(fileId) ?? known
  }
  const view = await readAnswer(response, isFileView).catch((error: unknown) => {
    notePoll(isNotFound(error))
    if (isNotFound(error)) noteGone(fileId, trouble ?? 'deleted')
    throw error
  })
  notePoll(true)
  return receiveView(view, 'poll')
}

/** How long until the next poll: what the server asked for, give or take a tenth, so that tabs spread out. */
export function pollDelayMs(fileId: string, random: () => number = Math.random) {
  const seconds = retryAfter.get(fileId) ?? usualSeconds
  return seconds * 1000 * (1 - jitter + 2 * jitter * random())
}
