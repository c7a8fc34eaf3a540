import { inWords } from '#lib/messages/translate'
import type { ModelsAnswer } from '#lib/contract/model-view'
import { usualSeconds } from '#lib/generations/start/expected-time'
import { currentModels } from '#lib/generations/models'
import { problemResponse } from '#lib/http/problem-response'
import { assertOwnHost } from '#lib/http/own-page'

/**
 * Every model, what it can do and costs right now, and what turns on those that are off. By our own names only: a
 * provider's trouble (no credits, a refused key) is among it.
 */
export async function GET(request: Request) {
  try {
    assertOwnHost(request)
    const now = new Date()
    const answer: ModelsAnswer = { models: await currentModels(now, await usualSeconds()) }
    return Response.json(inWords(request.headers, answer), {
      headers: { 'cache-control': 'no-store' },
    })
  } catch (error) {
    return problemResponse(error, request)
  }
}
