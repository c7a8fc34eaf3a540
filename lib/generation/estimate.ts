import type { EstimateView } from '#lib/contract/estimate-view'
import { expectedTime } from './expected-time.ts'
import { quote } from './quote.ts'
import { readGenerationRequest } from './read-generation-request.ts'

/** What a request would cost and take, all its variations together; nothing is started. Throws as a start would. */
export async function estimate(body: unknown): Promise<EstimateView> {
  const request = await readGenerationRequest(body)
  const { settings } = request
  const { choice, upToUsd } = quote(request)
  return {
    usd: dollars(choice.usd * settings.variations),
    upToUsd: dollars(upToUsd * settings.variations),
    provider: choice.route.provider,
    providerLabel: choice.route.providerLabel,
    reason: choice.reason,
    expected: await expectedTime(settings),
  }
}

/** Without the dust of binary fractions: three times 0.4 is 1.2. */
function dollars(sum: number) {
  return Math.round(sum * 10_000) / 10_000
}
