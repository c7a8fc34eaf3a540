import type { AccountView } from '#lib/contract/people/account'
import { accessMode } from '#lib/generations/access'
import { withFreshSession } from '#lib/http/with-session'
import { billingOf } from '#lib/money/billing'
import { sayTo } from '#lib/messages/translate'
import { accountView } from '#lib/people/accounts/account-view'
import { isAdmin } from '#lib/people/accounts/first-owner'
import { settingsWarnings } from '#lib/reporting/warnings'

/** Who one is here, and what is possible; gives no session. */
export const GET = withFreshSession(async (request, session) => {
  const view: AccountView = {
    ...(await accountView(session)),
    access: accessMode().mode,
    ...(await billingOf(session.ownerId)),
    warnings: isAdmin(session) ? settingsWarnings().map((one) => sayTo(request.headers, one)) : [],
  }
  return Response.json(view, {
    headers: { 'cache-control': 'private, no-store' },
  })
})
