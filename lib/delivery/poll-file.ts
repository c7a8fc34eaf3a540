import { callApi } from '#lib/contract/calls/call-api'
import { type FileView, isFileView } from '#lib/contract/file-view'
import { readAnswer } from '#lib/contract/problem'
import { addSign, peekView, receiveView } from './file-store.ts'

const timeoutMs = 8_000
const usualSeconds = 10
const jitter = 0.1

/** When the server wants to be asked next, by file, in seconds. */
const retryAfter = new Map<string, number>()

/** Asks the truth about a file once. Rejects with `ProblemError`; a 304 is the view we have. */
export async function pollFile(key: string): Promise<FileView> {
  const fileId = key.slice(key.lastIndexOf('/') + 1)
  const known = peekView(fileId)
  const headers: HeadersInit = known ? { 'if-none-match': `"${known.version}"` } : {}
  const response = await callApi(key, { headers, signal: AbortSignal.timeout(timeoutMs) })
  retryAfter.set(fileId, Number(response.headers.get('retry-after')) || usualSeconds)
  if (response.status === 304 && known) {
    addSign(fileId, 'poll')
    return peekView(fileId) ?? known
  }
  return receiveView(await readAnswer(response, isFileView), 'poll')
}

/** How long until the next poll: what the server asked for, give or take a tenth, so that tabs spread out. */
export function pollDelayMs(fileId: string, random: () => number = Math.random) {
  const seconds = retryAfter.get(fileId) ?? usualSeconds
  return seconds * 1000 * (1 - jitter + 2 * jitter * random())
}
