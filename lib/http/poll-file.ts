import type { GenerationRow } from '../generations/row.ts'
import { fileViewOf } from '../generations/view.ts'
import { isFinalState } from '../generations/states.ts'
import { findOwned } from '../generations/queries.ts'
import { pace } from '../pace.ts'
import { matchesEtag } from './etag.ts'
import { notFound } from './problem-response.ts'
import type { RequestHead } from './request-guards.ts'
import { withSession } from './with-session.ts'

const longAfterMs = 3 * 60 * 1000

/**
 * `GET /api/file/<fileId>`: the truth about one file, for polling. The ETag is the version, so an unchanged file
 * costs a 304; one in a queue is always answered whole, since its place is no part of the version. `Retry-After` says
 * when to ask next: every 10 s, every 30 s after three minutes, never once final.
 */
export const pollFile = withSession(async (request: RequestHead, { userId }, fileId: string) => {
  const row = await findOwned(userId, fileId)
  if (!row) throw notFound()
  const etag = `"${row.version}"`
  const headers = new Headers({ etag, 'cache-control': 'private, no-store' })
  if (!isFinalState(row.state)) headers.set('retry-after', String(cadenceOf(row)))
  const isKnown = matchesEtag(request.headers.get('if-none-match'), etag)
  if (isKnown && row.state !== 'queued') return new Response(null, { status: 304, headers })
  headers.set('content-type', 'application/json')
  return new Response(JSON.stringify(fileViewOf(row)), { headers })
})

function cadenceOf({ createdAt }: GenerationRow) {
  const { pollMs, slowPollMs } = pace()
  return (Date.now() - createdAt.getTime() > longAfterMs ? slowPollMs : pollMs) / 1000
}
