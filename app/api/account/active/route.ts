import { readJson } from '#lib/http/read-body'
import { withSession } from '#lib/http/with-session'
import { switchActive } from '#lib/people/organizations/active'

/** Whose things this session sees, makes and pays for from now on. `x-session` of the next answers tells. */
export const PUT = withSession(async (request, session) => {
  await switchActive(session, await readJson(request))
  return new Response(null, { status: 204 })
})
