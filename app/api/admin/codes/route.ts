import { readJson } from '#lib/http/read-body'
import { withFreshSession, withSession } from '#lib/http/with-session'
import { listBatches, makeCodes } from '#lib/money/codes'
import { assertAdmin } from '#lib/people/accounts/people'

const headers = { 'cache-control': 'private, no-store' }

/** Batches of codes with how many are used, newest first. */
export const GET = withFreshSession(async (request, session) => {
  await assertAdmin(session)
  const cursor = new URL(request.url).searchParams.get('cursor')
  return Response.json(await listBatches(cursor ?? undefined), { headers })
})

/** Makes a batch: `{ count, usd, days?, note? }`. The codes are in this answer only. */
export const POST = withSession(async (request, session) => {
  await assertAdmin(session)
  const made = await makeCodes(await readJson(request), session.userId, new Date())
  return Response.json(made, { status: 201, headers: { 'cache-control': 'no-store' } })
})
