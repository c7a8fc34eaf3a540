import { clientOf, withoutSession } from '#lib/http/answer-auth'
import { readInvitation } from '#lib/people/accounts/invitations'
import { assertMayTry } from '#lib/people/accounts/tries'

interface Context {
  params: Promise<{ token: string }>
}

/** What an invitation gives. One that is wrong, used, expired or revoked answers alike. */
export const GET = withoutSession(async (request, { params }: Context) => {
  await assertMayTry({ what: 'link', address: clientOf(request) })
  return Response.json(await readInvitation((await params).token))
})
