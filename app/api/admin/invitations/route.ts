import { z } from 'zod'
import { message } from '#lib/messages/message'
import { invalidField } from '#lib/errors'
import { addressFor } from '#lib/http/answer-auth'
import { readJson } from '#lib/http/read-body'
import { withFreshSession, withSession } from '#lib/http/with-session'
import { listInvitations, makeInvitation } from '#lib/people/accounts/invitations'
import { assertAdmin, assertOwner } from '#lib/people/accounts/people'

const headers = { 'cache-control': 'private, no-store' }

const schema = z.object({
  role: z.enum(['admin', 'user']).default('user'),
  days: z.number().int().min(1).max(90).default(7),
})

/** The invitations there are and were, newest first. */
export const GET = withFreshSession(async (request, session) => {
  await assertAdmin(session)
  const cursor = new URL(request.url).searchParams.get('cursor') ?? undefined
  return Response.json(await listInvitations(cursor), { headers })
})

/** A link that lets one person in, told only now. */
export const POST = withSession(async (request, session) => {
  const callerRole = await assertAdmin(session)
  const { data, error } = schema.safeParse(await readJson(request))
  if (error) throw faultOf(error)
  if (data.role === 'admin') assertOwner(callerRole)
  const { role, days } = data
  const createdBy = session.userId
  const { id, token } = await makeInvitation({ role, organization: null, days, createdBy })
  return Response.json(
    { id, url: `${addressFor(request)}/invite/${token}` },
    { status: 201, headers },
  )
})

function faultOf({ issues }: z.ZodError) {
  const isRole = issues[0]?.path[0] === 'role'
  return isRole
    ? invalidField('role', message('people.role'))
    : invalidField('days', message('people.days'))
}
