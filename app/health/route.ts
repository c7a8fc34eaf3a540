import { readProviders } from '#lib/reporting/providers'
import { readHealth } from '#lib/reporting/read-health'

// It is open to everybody, and may be asked every second.
const recordsKeptMs = 5_000

export const dynamic = 'force-dynamic'

/** 200 while videos can be made and delivered; 503 with the reason while they cannot. */
export async function GET() {
  const health = await readHealth(() => readProviders(new Date(), { recordsKeptMs }))
  const headers = { 'cache-control': 'no-store' }
  return Response.json(health, { status: health.status === 'down' ? 503 : 200, headers })
}
