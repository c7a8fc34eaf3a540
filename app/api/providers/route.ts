import { inWords } from '#lib/messages/translate'
import { readProviders } from '#lib/reporting/providers'
import { providersWithoutMoney } from '#lib/reporting/without-money'
import { assertOwnHost } from '#lib/http/own-page'
import { withSession } from '#lib/http/with-session'
import { seesMoney } from '#lib/http/sees-money'

/**
 * Every provider: what turns it on, how it is, and what it did here; what it costs and what went wrong there only for
 * those who look after the installation. Never a secret, and by our own names only.
 */
export const GET = withSession(async (request, session) => {
  if (session.keyId === null) assertOwnHost(request)
  const [answer, isWhole] = await Promise.all([readProviders(), seesMoney(session)])
  const seen = isWhole ? { ...answer, isWhole } : providersWithoutMoney(answer)
  return Response.json(inWords(request.headers, seen), {
    headers: { 'cache-control': 'private, no-store' },
  })
})
