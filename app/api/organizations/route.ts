import type { OrganizationsAnswer } from '#lib/contract/people/organization'
import { readJson } from '#lib/http/read-body'
import { withFreshSession } from '#lib/http/with-session'
import { createOrganization, organizationsOf } from '#lib/people/organizations/organizations'

const headers = { 'cache-control': 'private, no-store' }

/** The organizations the account is a member of. */
export const GET = withFreshSession(async (_request, { userId }) => {
  const answer: OrganizationsAnswer = { organizations: await organizationsOf(userId) }
  return Response.json(answer, { headers })
})

/** Makes an organization. It is active only once it is switched to. */
export const POST = withFreshSession(async (request, session) =>
  Response.json(await createOrganization(session, await readJson(request)), {
    status: 201,
    headers,
  }),
)
