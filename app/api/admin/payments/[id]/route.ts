import { readJson } from '#lib/http/read-body'
import { withSession } from '#lib/http/with-session'
import { creditParked } from '#lib/money/payments/parked'
import { assertFollowsPayments } from '#lib/money/payments/top-ups'
import { assertAdmin } from '#lib/people/accounts/people'

interface Context {
  params: Promise<{ id: string }>
}

/** Credits one to an owner, once: `{ owner, note? }`. */
export const POST = withSession(async (request, session, { params }: Context) => {
  await assertAdmin(session)
  assertFollowsPayments()
  const { id } = await params
  const credited = await creditParked(id, await readJson(request), session.userId, new Date())
  return Response.json(credited, { headers: { 'cache-control': 'no-store' } })
})
