import { readJson } from '#lib/http/read-body'
import { withSession } from '#lib/http/with-session'
import { zipRequestOf } from '#lib/library/input'
import { makeZipLink, selectionOf, zipName } from '#lib/library/zip/selection'
import { zipStream } from '#lib/library/zip/stream'
import { zipAnswer } from '#lib/http/media/zip-answer'

/** Items as one ZIP, each with its settings; or a link that a browser downloads it by. */
export const POST = withSession(async (request, { ownerId }) => {
  const wish = zipRequestOf(await readJson(request))
  const selection = await selectionOf(ownerId, wish)
  if (!wish.asLink) return zipAnswer(zipStream(ownerId, selection.ids), zipName(new Date()))
  const headers = { 'cache-control': 'private, no-store' }
  return Response.json(await makeZipLink(ownerId, selection), { status: 201, headers })
})
