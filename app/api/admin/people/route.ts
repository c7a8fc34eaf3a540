import { z } from 'zod'
import { addressFor, readFields } from '#lib/http/answer-auth'
import { withFreshSession, withSession } from '#lib/http/with-session'
import { addPerson, assertAdmin, listPeople } from '#lib/people/accounts/people'
import { makeResetLink } from '#lib/people/accounts/reset-password'

const headers = { 'cache-control': 'private, no-store' }

const schema = z.object({
  name: z.unknown(),
  email: z.unknown(),
  role: z.enum(['admin', 'user']).default('user'),
})

/** The accounts of the installation, newest first; `search` and `cursor` narrow them. */
export const GET = withFreshSession(async (request, session) => {
  await assertAdmin(session)
  const { searchParams: query } = new URL(request.url)
  const search = (query.get('search') ?? '').slice(0, 200)
  return Response.json(await listPeople(search, query.get('cursor') ?? ''), { headers })
})

/** Makes an account, and a link that sets its password, told only now. */
export const POST = withSession(async (request, session) => {
  const role = await assertAdmin(session)
  const given = await readFields(request, schema)
  const id = await addPerson(role, given, given.role)
  const url = await makeResetLink(id, addressFor(request))
  return Response.json({ id, url }, { status: 201, headers })
})
