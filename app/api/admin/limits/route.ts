import { readJson } from '#lib/http/read-body'
import { withFreshSession, withSession } from '#lib/http/with-session'
import { setLimitsAsAsked } from '#lib/money/admin-input'
import { assertAdmin } from '#lib/people/accounts/people'
import { limitViews, readLimits } from '#lib/reporting/admin-money'

const headers = { 'cache-control': 'private, no-store' }

/** The limits that are set, with what is spent; `?scope=user:<id>` only those of one. */
export const GET = withFreshSession(async (request, session) => {
  await assertAdmin(session)
  const { searchParams } = new URL(request.url)
  const scope = searchParams.get('scope')
  const now = new Date()
  if (scope)
    return Response.json({ limits: await limitViews([scope], now), nextCursor: null }, { headers })
  return Response.json(await readLimits(searchParams.get('cursor') ?? undefined, now), { headers })
})

/** Sets limits: `{ scope, dayUsd, monthUsd }`, null for none. */
export const PUT = withSession(async (request, session) => {
  await assertAdmin(session)
  const now = new Date()
  const scope = await setLimitsAsAsked(await readJson(request), session.userId, now)
  const [view] = await limitViews([scope], now)
  return Response.json(view, { headers })
})
