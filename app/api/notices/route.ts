import { withSession } from '#lib/http/with-session'
import { listNotices } from '#lib/notices/bell'

/** What happened to the caller's videos, newest first. */
export const GET = withSession(async (request, { userId }) => {
  const cursor = new URL(request.url).searchParams.get('cursor') ?? undefined
  const page = await listNotices(userId, cursor)
  return Response.json(page, { headers: { 'cache-control': 'private, no-store' } })
})
