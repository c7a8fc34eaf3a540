import type { ModelsAnswer } from '#lib/contract/model-view'
import { usualSeconds } from '#lib/generations/start/expected-time'
import { currentModels } from '#lib/generations/models'

/** Every model, what it can do and costs right now, and what turns on those that are off. */
export async function GET() {
  const now = new Date()
  const answer: ModelsAnswer = { models: await currentModels(now, await usualSeconds()) }
  return Response.json(answer, { headers: { 'cache-control': 'no-store' } })
}
