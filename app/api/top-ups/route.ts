import { assertIdempotencyKey } from '#lib/generations/start/idempotency'
import { readJson } from '#lib/http/read-body'
import { addressFor } from '#lib/http/answer-auth'
import { assertAccount } from '#lib/people/asked'
import { withSession } from '#lib/http/with-session'
import { localeOf } from '#lib/messages/locales'
import { message } from '#lib/messages/message'
import { sayTo } from '#lib/messages/translate'
import { listTopUps } from '#lib/money/payments/top-up-views'
import { assertTakesPayments, beginTopUp } from '#lib/money/payments/top-ups'

/** The payments of the active owner, newest first. */
export const GET = withSession(async (_request, { ownerId }) =>
  Response.json(
    { topUps: await listTopUps(ownerId) },
    { headers: { 'cache-control': 'private, no-store' } },
  ),
)

/**
 * Begins a payment for the active owner: `{ usd }`. Answers the address to pay at; the same `Idempotency-Key` the same.
 */
export const POST = withSession(async (request, session) => {
  assertAccount(session)
  assertTakesPayments()
  const body = (await readJson(request)) as { usd?: unknown } | null
  const { ownerId, userId } = session
  const key = request.headers.get('idempotency-key')
  if (key !== null) assertIdempotencyKey(key)
  const begun = await beginTopUp({
    ownerId,
    userId,
    usd: body?.usd,
    key,
    returnUrl: `${addressFor(request)}/account/usage`,
    locale: localeOf(request.headers),
    name: sayTo(request.headers, message('money.topUpName')),
    now: new Date(),
  })
  return Response.json(begun, { status: 201, headers: { 'cache-control': 'no-store' } })
})
