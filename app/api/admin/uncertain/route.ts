import { withFreshSession } from '#lib/http/with-session'
import { inWords } from '#lib/messages/translate'
import { assertAdmin } from '#lib/people/accounts/people'
import { readUncertain } from '#lib/reporting/admin-money'

/** Videos that ended without a known cost, the longest waiting first. */
export const GET = withFreshSession(async (request, session) => {
  await assertAdmin(session)
  const cursor = new URL(request.url).searchParams.get('cursor') ?? undefined
  return Response.json(inWords(request.headers, await readUncertain(cursor)), {
    headers: { 'cache-control': 'private, no-store' },
  })
})
