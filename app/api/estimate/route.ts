import { inWords } from '#lib/messages/translate'
import { estimate } from '#lib/generations/start/request'
import { askedKind } from '#lib/http/start/asked-kind'
import { readJson } from '#lib/http/read-body'
import { withSession } from '#lib/http/with-session'

/** What a start with the same body would cost and take: of an image with `?kind=image`. Nothing is started. */
export const POST = withSession(async (request, session) => {
  const told = await estimate(await readJson(request), session, askedKind(request))
  return Response.json(inWords(request.headers, told))
})
