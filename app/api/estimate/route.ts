import { inWords } from '#lib/messages/translate'
import { estimate } from '#lib/generations/start/request'
import { readJson } from '#lib/http/read-body'
import { withSession } from '#lib/http/with-session'

/** What a start with the same body would cost and take. Nothing is started. */
export const POST = withSession(async (request, session) =>
  Response.json(inWords(request.headers, await estimate(await readJson(request), session))),
)
