import { zipRequestOf } from '../../library/input.ts'
import { linkedIds, makeZipLink, selectionOf, zipName } from '../../library/zip/selection.ts'
import { zipStream } from '../../library/zip/stream.ts'
import { type Body, readJson } from '../read-body.ts'
import type { RequestHead } from '../request-guards.ts'
import { withSession } from '../with-session.ts'

/** `POST /api/library/zip`: items as one ZIP, each with its settings; or a link that a browser downloads it by. */
export const sendZip = withSession(
  async (request: RequestHead, { ownerId }, body: Body | null): Promise<Response> => {
    const wish = zipRequestOf(await readJson({ headers: request.headers, body }))
    const selection = await selectionOf(ownerId, wish)
    if (!wish.asLink) return zipAnswer(zipStream(ownerId, selection.ids))
    const headers = { 'cache-control': 'private, no-store' }
    return Response.json(await makeZipLink(ownerId, selection), { status: 201, headers })
  },
)

/** `GET /api/library/zip/<id>`: the ZIP behind a link, as often as it is asked for within the hour. */
export const sendLinkedZip = withSession(
  async (request: RequestHead, { ownerId }, zipId: string): Promise<Response> => {
    const ids = await linkedIds(ownerId, zipId)
    return zipAnswer(request.method === 'HEAD' ? null : zipStream(ownerId, ids))
  },
)

/** A ZIP as an answer that browsers save. How long it is, its end says. */
function zipAnswer(body: ReadableStream<Uint8Array> | null): Response {
  return new Response(body, {
    headers: {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="${zipName(new Date())}"`,
      // No proxy packs it once more, or waits for all of it.
      'cache-control': 'private, no-store, no-transform',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    },
  })
}
