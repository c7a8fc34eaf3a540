import type { AccountView } from '#lib/contract/people/account'
import { accessMode } from '#lib/generations/access'
import { withSession } from '#lib/http/with-session'
import { billingOf } from '#lib/money/billing'
import { accountView } from '#lib/people/accounts/account-view'

/** Who one is here, and what is possible; gives no session. */
export const GET = withSession(async (_request, session) => {
  const view: AccountView = {
    ...(await accountView(session)),
    access: accessMode().mode,
    ...(await billingOf(session.ownerId)),
  }
  return Response.json(view, { headers: { 'cache-control': 'private, no-store' } })
})
