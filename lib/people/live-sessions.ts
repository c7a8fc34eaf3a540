import { sql } from 'drizzle-orm'
import { type Caller, roleOf } from '#lib/contract/people/caller'
import { recentAdopterOf, underWaySeconds } from '../db/queries/adopted.ts'
import { database } from '../db/client.ts'

/** A session that is neither over nor revoked, and for whom it asks. */
export interface LiveSession {
  caller: Caller
  /** Its work has just moved into an account: what is under way may end, and nothing new begins. */
  isAdopted: boolean
}

/** Whether a visitor's work has just moved into an account: requests of its own may be under way still. */
export async function isJustAdopted(visitorId: string) {
  return (await recentAdopterOf(visitorId)) !== undefined
}

interface Row extends Record<string, unknown> {
  id: string
  userId: string
  role: string | null
  isVisitor: boolean
  organizationId: string | null
  isAdopted: boolean
}

/**
 * Those of the sessions that live, by their ids: not expired, of an account that is not banned. One asks for its active
 * organization while its account is a member there, else for the account itself.
 */
export async function liveSessions(ids: string[]): Promise<Map<string, LiveSession>> {
  if (ids.length === 0) return new Map()
  const { rows } = await database().execute<Row>(sql`
    select s.id, u.id as "userId", u.role, coalesce(u.is_anonymous, false) as "isVisitor",
      m.organization_id as "organizationId", a.from_id is not null as "isAdopted"
    from session s
    join "user" u on u.id = s.user_id
    left join member m on m.user_id = u.id and m.organization_id = s.active_organization_id
    left join adoption a on a.from_id = u.id and u.is_anonymous
    where s.id = any(${sql.param(ids)}) and s.expires_at > now()
      and not (coalesce(u.banned, false) and coalesce(u.ban_expires > now(), true))
      and (a.at is null or a.at > now() - make_interval(secs => ${underWaySeconds}))`)
  return new Map(rows.map((row) => [row.id, { caller: callerOf(row), isAdopted: row.isAdopted }]))
}

function callerOf({ userId, role, isVisitor, organizationId }: Row): Caller {
  return {
    ownerId: organizationId ?? userId,
    userId,
    isVisitor,
    role: roleOf(role),
    keyId: null,
    scopes: null,
  }
}
