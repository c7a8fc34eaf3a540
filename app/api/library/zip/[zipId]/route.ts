import { zipAnswer } from '#lib/http/media/zip-answer'
import { withSession } from '#lib/http/with-session'
import { linkedIds, zipName } from '#lib/library/zip/selection'
import { zipStream } from '#lib/library/zip/stream'

interface Context {
  params: Promise<{ zipId: string }>
}

/** The ZIP behind a link, as often as it is asked for within the hour. */
export const GET = withSession(async (request, { ownerId }, { params }: Context) => {
  const ids = await linkedIds(ownerId, (await params).zipId)
  if (request.method === 'HEAD') return zipAnswer(null, zipName(new Date()))
  return zipAnswer(zipStream(ownerId, ids), zipName(new Date()))
})
