import type { GenerationRow } from '../generations/row.ts'
import { fileViewOf } from '../generations/view.ts'
import { isFinalState } from '../generations/states.ts'
import { findOwned } from '../generations/queries.ts'
import { pace } from '../pace.ts'
import { matchesEtag } from './etag.ts'
import { notFound } from './not-found.ts'
import type { RequestHead } from './request-head.ts'
import { withSession } from './with-session.ts'

const longAfterMs = 3 * 60 * 1000

/**
 * `GET /api/file/<fileId>`: the truth about one file, for polling. The ETag is the version (and the place, while it
 * waits in a queue), so an unchanged file costs a 304; `Retry-After` says when to ask next: every 10 s, every 30 s after three minutes, never once final.
 */
export const pollFile = withSession(async (request: RequestHead, { userId }, fileId: string) => {
  const row = await findOwned(userId, fileId)
  if (!row) throw notFound()
  const etag = etagOf(row)
  const headers = new Headers({ etag, 'cache-control': 'private, no-store' })
  if (!isFinalState(row.state)) headers.set('retry-after', String(cadenceOf(row)))
  if (matchesEtag(request.headers.get('if-none-match'), etag))
    return new Response(null, { status: 304, headers })
  headers.set('content-type', 'application/json')
  return new Response(JSON.stringify(fileViewOf(row)), { headers })
})

function etagOf({ version, queuePlace }: GenerationRow) {
  return queuePlace === null ? `"${version}"` : `"${version}.${queuePlace}"`
}

function cadenceOf({ createdAt }: GenerationRow) {
  const { pollMs, slowPollMs } = pace()
  return (Date.now() - createdAt.getTime() > longAfterMs ? slowPollMs : pollMs) / 1000
}
