import { readJson } from '#lib/http/read-body'
import { withSession } from '#lib/http/with-session'
import { changeRole, removeMember } from '#lib/people/organizations/members'

interface Context {
  params: Promise<{ id: string; userId: string }>
}

/** Gives a member another role. */
export const PATCH = withSession(async (request, { userId: by }, { params }: Context) => {
  const { id: organizationId, userId } = await params
  await changeRole({ organizationId, by, userId }, await readJson(request))
  return new Response(null, { status: 204 })
})

/** Takes a member out; with one's own id one leaves. */
export const DELETE = withSession(async (_request, { userId: by }, { params }: Context) => {
  const { id: organizationId, userId } = await params
  await removeMember({ organizationId, by, userId })
  return new Response(null, { status: 204 })
})
