import { withFreshSession } from '#lib/http/with-session'
import { listParked } from '#lib/money/payments/parked'
import { assertAdmin } from '#lib/people/accounts/people'

/** Payments that came in without a record and wait for an admin, newest first. */
export const GET = withFreshSession(async (_request, session) => {
  await assertAdmin(session)
  return Response.json(
    { payments: await listParked() },
    { headers: { 'cache-control': 'private, no-store' } },
  )
})
