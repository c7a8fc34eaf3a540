import { AppError } from '#lib/errors'

import { assertAccount } from '#lib/people/asked'
import { withSession } from '#lib/http/with-session'
import { message } from '#lib/messages/message'
import { assertFollowsPayments, checkTopUp } from '#lib/money/payments/top-ups'

interface Context {
  params: Promise<{ id: string }>
}

/** Asks the payment service how a payment of the active owner is, and credits it where it is paid. */
export const POST = withSession(async (_request, session, { params }: Context) => {
  assertAccount(session)
  assertFollowsPayments()
  const { id } = await params
  const topUp = await checkTopUp(session.ownerId, id, new Date())
  if (!topUp) throw new AppError('not_found', { userMessage: message('money.topUpNotFound') })
  return Response.json(topUp, { headers: { 'cache-control': 'no-store' } })
})
