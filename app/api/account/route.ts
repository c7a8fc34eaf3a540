import type { AccountView } from '#lib/contract/people/account'
import { withSession } from '#lib/http/with-session'
import { accountView } from '#lib/people/accounts/account-view'

/** Who one is here, and what is possible; gives no session. */
export const GET = withSession(async (_request, session) => {
  const view: AccountView = {
    ...(await accountView(session)),
    access: 'open',
    billing: 'off',
    balance: null,
  }
  return Response.json(view, { headers: { 'cache-control': 'private, no-store' } })
})
