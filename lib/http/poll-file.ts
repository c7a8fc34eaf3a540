import { fileViewOf } from '../generations/view.ts'
import { isFinalState } from '../generations/states.ts'
import { type GenerationHead, findShown, findShownHead } from '../generations/queries.ts'
import { pace } from '../pace.ts'
import { matchesEtag } from './etag.ts'
import { notFound } from './problem-response.ts'
import type { RequestHead } from './request-guards.ts'
import { jsonAnswer } from './whole-answer.ts'
import { withSession } from './with-session.ts'

const longAfterMs = 3 * 60 * 1000

/**
 * `GET /api/file/<fileId>`: the truth about one file, for polling. The ETag is the version, so an unchanged file
 * costs a 304; one in a queue is always answered whole, since its place is no part of the version. `Retry-After` says
 * when to ask next: every 10 s, every 30 s after three minutes, never once final.
 */
export const pollFile = withSession(async (request: RequestHead, { ownerId }, fileId: string) => {
  const known = request.headers.get('if-none-match')
  const head = known ? await findShownHead(ownerId, fileId) : undefined
  if (head && head.state !== 'queued' && matchesEtag(known, etagOf(head)))
    return new Response(null, { status: 304, headers: headersOf(head) })
  const row = await findShown(ownerId, fileId)
  if (!row) throw notFound()
  return jsonAnswer(fileViewOf(row), headersOf(row))
})

function etagOf({ version }: GenerationHead) {
  return `"${version}"`
}

function headersOf(row: GenerationHead) {
  const headers = { etag: etagOf(row), 'cache-control': 'private, no-store' }
  return isFinalState(row.state) ? headers : { ...headers, 'retry-after': String(cadenceOf(row)) }
}

function cadenceOf({ createdAt }: GenerationHead) {
  const { pollMs, slowPollMs } = pace()
  return (Date.now() - createdAt.getTime() > longAfterMs ? slowPollMs : pollMs) / 1000
}
