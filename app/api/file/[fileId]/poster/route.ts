import { notFound } from '#lib/http/problem-response'
import { readJson } from '#lib/http/read-body'
import { withSession } from '#lib/http/with-session'
import { posterWishOf } from '#lib/library/input'
import { choosePoster, usualPoster } from '#lib/library/poster'

interface Context {
  params: Promise<{ fileId: string }>
}

const headers = { 'cache-control': 'private, no-store' }

/** Makes a frame of a video its poster. Asking again for the same frame changes nothing. */
export const PUT = withSession(async (request, { ownerId }, { params }: Context) => {
  const { atSeconds } = posterWishOf(await readJson(request))
  const item = await choosePoster(ownerId, (await params).fileId, atSeconds)
  if (!item) throw notFound()
  return Response.json(item, { headers })
})

/** Goes back to the usual poster. */
export const DELETE = withSession(async (_request, { ownerId }, { params }: Context) => {
  const item = await usualPoster(ownerId, (await params).fileId)
  if (!item) throw notFound()
  return Response.json(item, { headers })
})
