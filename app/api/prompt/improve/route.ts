import { productionDeps } from '#lib/chat/deps'
import { improvePrompt } from '#lib/chat/improve/improve-prompt'
import { inWords } from '#lib/messages/translate'
import { readSpendingBody } from '#lib/http/spending-body'
import { withAccount } from '#lib/http/with-session'

/** A proposal for a prompt. Nothing is started. */
export const POST = withAccount(async (request, session) => {
  const body = await readSpendingBody(request, session)
  return Response.json(
    inWords(request.headers, await improvePrompt(body, session, productionDeps())),
  )
})
