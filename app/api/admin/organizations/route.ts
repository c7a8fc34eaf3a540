import { withFreshSession } from '#lib/http/with-session'
import { assertAdmin } from '#lib/people/accounts/people'
import { listOrganizations } from '#lib/people/organizations/every-organization'

/** The organizations of the installation, newest first. */
export const GET = withFreshSession(async (request, session) => {
  await assertAdmin(session)
  const cursor = new URL(request.url).searchParams.get('cursor') ?? ''
  return Response.json(await listOrganizations(cursor), {
    headers: { 'cache-control': 'private, no-store' },
  })
})
