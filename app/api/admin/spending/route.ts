import { withFreshSession } from '#lib/http/with-session'
import { assertAdmin } from '#lib/people/accounts/people'
import { readSpending } from '#lib/reporting/admin-money'

/** What was spent in a month, `?month=2026-11`: by day and by owner. */
export const GET = withFreshSession(async (request, session) => {
  await assertAdmin(session)
  const month = new URL(request.url).searchParams.get('month') ?? undefined
  return Response.json(await readSpending(month, new Date()), {
    headers: { 'cache-control': 'private, no-store' },
  })
})
