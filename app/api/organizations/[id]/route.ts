import { readJson } from '#lib/http/read-body'
import { withFreshSession, withSession } from '#lib/http/with-session'
import {
  deleteOrganization,
  readOrganization,
  renameOrganization,
} from '#lib/people/organizations/organizations'

interface Context {
  params: Promise<{ id: string }>
}

const headers = { 'cache-control': 'private, no-store' }

/** An organization and its members, for one of them. */
export const GET = withFreshSession(async (_request, { userId }, { params }: Context) =>
  Response.json(await readOrganization(userId, (await params).id), { headers }),
)

/** Gives it another name. */
export const PATCH = withSession(async (request, { userId }, { params }: Context) => {
  const { id } = await params
  return Response.json(await renameOrganization(userId, id, await readJson(request)), { headers })
})

/** Deletes one that has nothing; 409 for any other. */
export const DELETE = withSession(async (_request, { userId }, { params }: Context) => {
  await deleteOrganization(userId, (await params).id)
  return new Response(null, { status: 204 })
})
