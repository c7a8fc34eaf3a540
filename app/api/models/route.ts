import { inWords } from '#lib/messages/translate'
import type { ModelsAnswer } from '#lib/contract/model-view'
import { usualSeconds } from '#lib/generations/start/expected-time'
import { currentModels } from '#lib/generations/models'
import { askedKind } from '#lib/http/start/asked-kind'
import { assertOwnHost } from '#lib/http/own-page'
import { withSession } from '#lib/http/with-session'

/**
 * Every model that makes videos, or with `?kind=image` images: what it can do and costs right now, and what turns on
 * those that are off. By our own names only: a
 * provider's trouble (no credits, a refused key) is among it.
 */
export const GET = withSession(async (request, session) => {
  if (session.keyId === null) assertOwnHost(request)
  const models = await currentModels(new Date(), session, {
    kind: askedKind(request),
    usualSeconds: await usualSeconds(),
  })
  const answer: ModelsAnswer = { models }
  return Response.json(inWords(request.headers, answer), {
    headers: { 'cache-control': 'no-store' },
  })
})
