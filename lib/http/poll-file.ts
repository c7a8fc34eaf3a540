import type { FileRow } from '../files/file-row.ts'
import { fileViewOf } from '../files/file-view-of.ts'
import { isFinalState } from '../files/file-states.ts'
import { findOwnedFile } from '../files/find-file.ts'
import { pace } from '../pace.ts'
import { notFound } from './not-found.ts'
import type { RequestHead } from './request-head.ts'
import { withSession } from './with-session.ts'

const longAfterMs = 3 * 60 * 1000

/**
 * `GET /api/file/<fileId>`: the truth about one file, for polling. The ETag is the version, so an unchanged file
 * costs a 304; `Retry-After` says when to ask next: every 10 s, every 30 s after three minutes, never once final.
 */
export const pollFile = withSession(async (request: RequestHead, { userId }, fileId: string) => {
  const row = await findOwnedFile(userId, fileId)
  if (!row) throw notFound()
  const etag = `"${row.version}"`
  const headers = new Headers({ etag, 'cache-control': 'private, no-store' })
  if (!isFinalState(row.state)) headers.set('retry-after', String(cadenceOf(row)))
  if (request.headers.get('if-none-match') === etag)
    return new Response(null, { status: 304, headers })
  headers.set('content-type', 'application/json')
  return new Response(JSON.stringify(fileViewOf(row)), { headers })
})

function cadenceOf({ createdAt }: FileRow) {
  const { pollMs, slowPollMs } = pace()
  return (Date.now() - createdAt.getTime() > longAfterMs ? slowPollMs : pollMs) / 1000
}
