import { startNewVersion } from '#lib/chat/start-new-version'
import { readJson } from '#lib/http/read-body'
import { startedResponse } from '#lib/http/started-response'
import { withSession } from '#lib/http/with-session'

interface Context {
  params: Promise<{ chatId: string }>
}

/** Starts a new version of a video outside the conversation; 202 as soon as it is a row. */
export const POST = withSession(async (request, session, { params }: Context) => {
  const row = await startNewVersion({
    caller: session,
    chatId: (await params).chatId,
    body: await readJson(request),
    idempotencyKey: request.headers.get('idempotency-key'),
  })
  return startedResponse([row])
})
