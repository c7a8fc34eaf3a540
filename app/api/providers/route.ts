import { readProviders } from '#lib/reporting/providers'
import { withSession } from '#lib/http/with-session'

/** Every provider: what turns it on, how it is, and what it did here. Never a secret. */
export const GET = withSession(async () =>
  Response.json(await readProviders(), { headers: { 'cache-control': 'private, no-store' } }),
)
