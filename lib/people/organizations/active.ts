import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { message } from '#lib/messages/message'
import { session } from '../../db/auth-schema.ts'
import { database } from '../../db/client.ts'
import { parsed } from '../../read-input.ts'
import { assertAccount } from '../asked.ts'
import { forgetSessions } from '../remembered-sessions.ts'
import type { Session } from '../session.ts'
import { asMember } from './membership.ts'

const activeSchema = z.strictObject({ organizationId: z.string().nullable() })
const wanted = { organizationId: message('request.organizationId') }

/**
 * Has a session see, make and pay for the things of an organization, or of its own account with null. It is a row of the
 * session: nothing that a request says besides chooses an organization.
 */
export async function switchActive(asked: Session, body: unknown) {
  assertAccount(asked)
  const { organizationId } = parsed(activeSchema, body, wanted)
  const { sessionId, userId } = asked
  if (organizationId === null) await setActive(database(), sessionId, null)
  else await asMember(organizationId, userId, (tx) => setActive(tx, sessionId, organizationId))
  if (sessionId !== null) forgetSessions(new Set([sessionId]))
}

async function setActive(
  db: Pick<ReturnType<typeof database>, 'update'>,
  sessionId: string | null,
  activeOrganizationId: string | null,
) {
  await db
    .update(session)
    .set({ activeOrganizationId })
    .where(eq(session.id, sessionId ?? ''))
}
