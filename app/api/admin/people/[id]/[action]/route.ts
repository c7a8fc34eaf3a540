import { z } from 'zod'
import { message } from '#lib/messages/message'
import { invalidField } from '#lib/errors'
import { cancelQueuedOf } from '#lib/generations/commands/cancel'
import { addressFor } from '#lib/http/answer-auth'
import { notFound } from '#lib/http/problem-response'
import { readJson } from '#lib/http/read-body'
import { withSession } from '#lib/http/with-session'
import {
  assertAdmin,
  assertMayReset,
  ban,
  changeRole,
  revokeSessionsOf,
  unban,
} from '#lib/people/accounts/people'
import { makeResetLink } from '#lib/people/accounts/reset-password'
import type { Caller } from '#lib/contract/people/caller'

interface Context {
  params: Promise<{ id: string; action: string }>
}

type Action = (role: Caller['role'], id: string, request: Request) => Promise<unknown>

const roleSchema = z.object({ role: z.enum(['admin', 'user']) })

const actions: Record<string, Action> = {
  role: async (role, id, request) => changeRole(role, id, await wantedRole(request)),
  /** What it has in the queue would be paid for after it was kept out. */
  ban: async (role, id) => {
    await ban(role, id)
    await cancelQueuedOf(id)
  },
  unban,
  'revoke-sessions': revokeSessionsOf,
  /** Told only now. */
  'reset-link': async (role, id, request) => {
    await assertMayReset(role, id)
    return { url: await makeResetLink(id, addressFor(request)) }
  },
}

/** Changes an account's role, keeps it out or lets it in again, ends its sessions, or makes a link for a new password. */
export const POST = withSession<Request, [Context]>(async (request, session, { params }) => {
  const { id, action } = await params
  const role = await assertAdmin(session)
  const act = Object.hasOwn(actions, action) ? actions[action] : undefined
  if (!act) throw notFound()
  const answer = (await act(role, id, request)) ?? { status: true }
  return Response.json(answer, { headers: { 'cache-control': 'private, no-store' } })
})

async function wantedRole(request: Request) {
  const { data } = roleSchema.safeParse(await readJson(request))
  if (!data) throw invalidField('role', message('people.role'))
  return data.role
}
