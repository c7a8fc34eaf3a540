import { withSession } from '#lib/http/with-session'
import { filtersOf } from '#lib/library/input'
import { weigh } from '#lib/library/items'

/** How many items the filters find, and what they weigh. */
export const GET = withSession(async (request, { ownerId }) => {
  const headers = { 'cache-control': 'private, no-store' }
  return Response.json(await weigh(ownerId, filtersOf(request.url)), { headers })
})
