import { and, eq, isNull } from 'drizzle-orm'
import { z } from 'zod'
import { type OrganizationRole, organizationRoles } from '#lib/contract/people/organization'
import { message } from '#lib/messages/message'
import { member, session } from '../../db/auth-schema.ts'
import type { Transaction } from '../../db/client.ts'
import { invitationLink } from '../../db/people-schema.ts'
import { AppError } from '../../errors.ts'
import { newId } from '../../ids.ts'
import { parsed } from '../../read-input.ts'
import { forgetSessions } from '../remembered-sessions.ts'
import {
  asMember,
  assertManager,
  forbidden,
  holdMembers,
  memberOf,
  ownerCount,
} from './membership.ts'

const membersAtMost = 200

interface Change {
  organizationId: string
  /** Who asks for it. */
  by: string
  /** Whom it is about. */
  userId: string
}

const roleSchema = z.strictObject({ role: z.enum(organizationRoles) })
const wanted = { role: message('request.chooseOf', { options: organizationRoles.join(', ') }) }

/** Gives a member another role. Only an owner makes and changes owners; one owner stays. */
export async function changeRole({ organizationId, by, userId }: Change, body: unknown) {
  const { role } = parsed(roleSchema, body, wanted)
  await asMember(organizationId, by, async (tx, own) => {
    assertManager(own)
    const before = await roleOfMember(tx, organizationId, userId)
    if ((before === 'owner' || role === 'owner') && own !== 'owner') throw forbidden()
    if (before === 'owner' && role !== 'owner') await assertAnotherOwner(tx, organizationId)
    await tx.update(member).set({ role }).where(isMember(organizationId, userId))
    if (rankOf(role) < rankOf(before)) await revokeInvitationsOf(tx, organizationId, userId)
  })
}

/**
 * Takes a member out, or lets one leave. The work stays with the organization; the member's sessions are back at their
 * own account, and links the member made let no one in any more. One owner stays.
 */
export async function removeMember({ organizationId, by, userId }: Change) {
  const left = await asMember(organizationId, by, async (tx, own) => {
    if (by !== userId) assertManager(own)
    const role = await roleOfMember(tx, organizationId, userId)
    if (role === 'owner' && own !== 'owner') throw forbidden()
    if (role === 'owner') await assertAnotherOwner(tx, organizationId)
    await tx.delete(member).where(isMember(organizationId, userId))
    await revokeInvitationsOf(tx, organizationId, userId)
    return leaveInSessions(tx, organizationId, userId)
  })
  forgetSessions(new Set(left))
}

/** Adds a member, for an invitation. One who is a member already stays as they are. */
export async function addMember(
  tx: Transaction,
  { organizationId, userId, role }: Omit<Change, 'by'> & { role: OrganizationRole },
) {
  await holdMembers(tx, organizationId)
  const members = await tx.$count(member, eq(member.organizationId, organizationId))
  if (members >= membersAtMost)
    throw new AppError('not_possible_now', {
      userMessage: message('errors.organizationFull', { atMost: membersAtMost }),
    })
  const row = { id: newId('member'), organizationId, userId, role }
  await tx.insert(member).values(row).onConflictDoNothing()
}

async function roleOfMember(tx: Transaction, organizationId: string, userId: string) {
  const role = await memberOf(userId, organizationId, tx)
  if (role) return role
  throw new AppError('not_found', { userMessage: message('errors.memberNotFound') })
}

async function assertAnotherOwner(tx: Transaction, organizationId: string) {
  if ((await ownerCount(tx, organizationId)) > 1) return
  throw new AppError('not_possible_now', { userMessage: message('errors.lastOwner') })
}

/** Sessions that are in the organization are in the member's own account from now on. */
async function leaveInSessions(tx: Transaction, organizationId: string, userId: string) {
  const isIn = eq(session.activeOrganizationId, organizationId)
  const rows = await tx
    .update(session)
    .set({ activeOrganizationId: null })
    .where(and(isIn, eq(session.userId, userId)))
    .returning({ id: session.id })
  return rows.map(({ id }) => id)
}

/** One who may no longer invite must not come back by a link of their own. */
async function revokeInvitationsOf(tx: Transaction, organizationId: string, userId: string) {
  const isOpen = and(isNull(invitationLink.usedAt), isNull(invitationLink.revokedAt))
  const isTheirs = eq(invitationLink.createdBy, userId)
  await tx
    .update(invitationLink)
    .set({ revokedAt: new Date() })
    .where(and(eq(invitationLink.organizationId, organizationId), isTheirs, isOpen))
}

function isMember(organizationId: string, userId: string) {
  return and(eq(member.organizationId, organizationId), eq(member.userId, userId))
}

function rankOf(role: OrganizationRole) {
  return organizationRoles.indexOf(role)
}
