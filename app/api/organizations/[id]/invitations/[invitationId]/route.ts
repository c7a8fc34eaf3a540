import { withSession } from '#lib/http/with-session'
import { revokeOrganizationInvitation } from '#lib/people/organizations/invitations'

interface Context {
  params: Promise<{ id: string; invitationId: string }>
}

/** Revokes a link that was not used yet. */
export const DELETE = withSession(async (_request, { userId }, { params }: Context) => {
  const { id, invitationId } = await params
  await revokeOrganizationInvitation(userId, id, invitationId)
  return new Response(null, { status: 204 })
})
