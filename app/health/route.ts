import { inWords } from '#lib/messages/translate'
import { isOwnHost } from '#lib/http/own-page'
import { readProviders } from '#lib/reporting/providers'
import { readHealth } from '#lib/reporting/read-health'
import { healthWithoutMoney } from '#lib/reporting/without-money'
import type { HealthView } from '#lib/contract/provider-view'
import { seesMoney } from '#lib/http/sees-money'
import { readSession } from '#lib/people/session'

// It needs no account, and may be requested every second.
const recordsKeptMs = 5_000

export const dynamic = 'force-dynamic'

/**
 * 200 while videos can be made and delivered; 503 with the reason while they cannot. By a name that is not ours it tells
 * its state and nothing more: a page of another site may be reading.
 */
export async function GET(request: Request) {
  const health = await readHealth(() => readProviders(new Date(), { recordsKeptMs }))
  const headers = { 'cache-control': 'no-store' }
  const told = isOwnHost(request) ? await seenBy(request, health) : { status: health.status }
  return Response.json(inWords(request.headers, told), {
    status: health.status === 'down' ? 503 : 200,
    headers,
  })
}

/** What providers cost is for those who look after the installation, here too; and for no one while that is unknown. */
async function seenBy(request: Request, health: HealthView) {
  const isKnown = health.database.state === 'ok'
  const isWhole = isKnown && (await readSession(request).then(seesMoney, () => false))
  return isWhole ? health : healthWithoutMoney(health)
}
