import { startNewVersion } from '#lib/chat/start-new-version'
import { readSpendingBody } from '#lib/http/spending-body'
import { startedResponse } from '#lib/http/start/started-response'
import { withSession } from '#lib/http/with-session'

interface Context {
  params: Promise<{ chatId: string }>
}

/** Starts a new version of a video outside the conversation; 202 as soon as it is a row. */
export const POST = withSession(async (request, session, { params }: Context) => {
  const row = await startNewVersion({
    caller: session,
    chatId: (await params).chatId,
    body: await readSpendingBody(request, session),
    idempotencyKey: request.headers.get('idempotency-key'),
  })
  return startedResponse([row])
})
