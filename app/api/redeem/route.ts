import { usdOf } from '#lib/contract/money'
import { readJson } from '#lib/http/read-body'
import { withSession } from '#lib/http/with-session'
import { redeem } from '#lib/money/codes'
import { assertAccount } from '#lib/people/asked'

/** Adds what a code is worth to the active owner: `{ code }`. */
export const POST = withSession(async (request, session) => {
  assertAccount(session)
  const body = (await readJson(request)) as { code?: unknown } | null
  const { amountMicros, balance } = await redeem(session, body?.code, new Date())
  const answer = { usd: usdOf(amountMicros), availableUsd: usdOf(balance.availableMicros) }
  return Response.json(answer, { headers: { 'cache-control': 'no-store' } })
})
