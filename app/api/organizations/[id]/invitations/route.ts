import type { OrganizationInvitationsAnswer } from '#lib/contract/people/organization'
import { addressFor } from '#lib/http/answer-auth'
import { readJson } from '#lib/http/read-body'
import { withFreshSession } from '#lib/http/with-session'
import { inviteToOrganization, openInvitations } from '#lib/people/organizations/invitations'

interface Context {
  params: Promise<{ id: string }>
}

const headers = { 'cache-control': 'private, no-store' }

/** The links that still let someone in, for owners and admins. */
export const GET = withFreshSession(async (_request, { userId }, { params }: Context) => {
  const answer: OrganizationInvitationsAnswer = {
    invitations: await openInvitations(userId, (await params).id),
  }
  return Response.json(answer, { headers })
})

/** A link that lets one person in, told only now. */
export const POST = withFreshSession(async (request, { userId }, { params }: Context) => {
  const body = await readJson(request)
  const { id, token } = await inviteToOrganization(userId, (await params).id, body)
  const url = `${addressFor(request)}/invite/${token}`
  return Response.json({ id, url }, { status: 201, headers })
})
