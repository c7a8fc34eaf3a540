import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type OrganizationInvitation, organizationRoles } from '#lib/contract/people/organization'
import { message } from '#lib/messages/message'
import { user } from '../../db/auth-schema.ts'
import { database } from '../../db/client.ts'
import { invitationLink } from '../../db/people-schema.ts'
import { AppError } from '../../errors.ts'
import { makeInvitation } from '../accounts/invitations.ts'
import { parsed } from '../../read-input.ts'
import { asMember, assertManager, forbidden, memberOf, noSuchOrganization } from './membership.ts'

const daysAtMost = 90
const openAtMost = 100

const invitationSchema = z.strictObject({
  role: z.enum(organizationRoles).default('member'),
  days: z.number().int().min(1).max(daysAtMost).default(7),
})
const wanted = {
  role: message('request.chooseOf', { options: organizationRoles.join(', ') }),
  days: message('request.daysOfLink', { max: daysAtMost }),
}

/**
 * Makes a link that lets one person into an organization; answers its token, which is told only now. Owners and admins
 * invite; only owners invite owners.
 */
export async function inviteToOrganization(userId: string, organizationId: string, body: unknown) {
  const { role, days } = parsed(invitationSchema, body, wanted)
  return asMember(organizationId, userId, async (tx, own) => {
    assertManager(own)
    if (role === 'owner' && own !== 'owner') throw forbidden()
    const isOpen = openIn(organizationId)
    if ((await tx.$count(invitationLink, isOpen)) >= openAtMost)
      throw new AppError('not_possible_now', {
        userMessage: message('errors.tooManyInvitations', { atMost: openAtMost }),
      })
    const organization = { id: organizationId, role }
    return makeInvitation({ role: 'user', organization, days, createdBy: userId }, tx)
  })
}

/** The links that still let someone in, newest first, for owners and admins. */
export async function openInvitations(
  userId: string,
  organizationId: string,
): Promise<OrganizationInvitation[]> {
  await assertManages(userId, organizationId)
  const rows = await database()
    .select({ link: invitationLink, createdBy: user.name })
    .from(invitationLink)
    .leftJoin(user, eq(user.id, invitationLink.createdBy))
    .where(openIn(organizationId))
    .orderBy(sql`${invitationLink.createdAt} desc nulls first`, invitationLink.id)
    .limit(openAtMost)
  return rows.map(({ link, createdBy }) => ({
    id: link.id,
    role: link.organizationRole ?? 'member',
    createdAt: link.createdAt.toISOString(),
    expiresAt: link.expiresAt.toISOString(),
    createdBy,
  }))
}

/** Ends a link that was not used yet. */
export async function revokeOrganizationInvitation(
  userId: string,
  organizationId: string,
  invitationId: string,
) {
  await assertManages(userId, organizationId)
  const revoked = await database()
    .update(invitationLink)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(invitationLink.id, invitationId), openIn(organizationId)))
    .returning({ id: invitationLink.id })
  if (revoked.length === 0)
    throw new AppError('not_found', { userMessage: message('errors.invitationNotFound') })
}

async function assertManages(userId: string, organizationId: string) {
  const role = await memberOf(userId, organizationId)
  if (!role) throw noSuchOrganization()
  assertManager(role)
}

function openIn(organizationId: string) {
  return and(
    eq(invitationLink.organizationId, organizationId),
    isNull(invitationLink.usedAt),
    isNull(invitationLink.revokedAt),
    gt(invitationLink.expiresAt, sql`now()`),
  )
}
