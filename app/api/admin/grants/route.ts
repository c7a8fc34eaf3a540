import { usdOf } from '#lib/contract/money'
import { readJson } from '#lib/http/read-body'
import { withSession } from '#lib/http/with-session'
import { grantAsAsked } from '#lib/money/admin-input'
import { assertAdmin } from '#lib/people/accounts/people'

/** Gives credits: `{ owner, usd, note? }`. The same `Idempotency-Key` gives them once. */
export const POST = withSession(async (request, session) => {
  await assertAdmin(session)
  const intention = request.headers.get('idempotency-key')
  const { owner, balance } = await grantAsAsked(await readJson(request), session.userId, intention)
  const { availableMicros, heldMicros } = balance
  return Response.json(
    { owner, availableUsd: usdOf(availableMicros), heldUsd: usdOf(heldMicros) },
    { headers: { 'cache-control': 'no-store' } },
  )
})
