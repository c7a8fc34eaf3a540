import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { OrganizationRole } from '#lib/contract/people/organization'
import { givesAccounts } from '#lib/contract/people/account'
import type { InvitationOffer, InvitationView } from '#lib/contract/people/admin'
import { roleOf } from '#lib/contract/people/caller'
import { message } from '#lib/messages/message'
import { organization, user } from '../../db/auth-schema.ts'
import { type Transaction, database, inTransaction } from '../../db/client.ts'
import { afterCursor, cursorOf } from '../../db/queries/keyset.ts'
import { invitationLink } from '../../db/people-schema.ts'
import { env } from '../../env.ts'
import { AppError } from '../../errors.ts'
import { newId } from '../../ids.ts'
import { addMember } from '../organizations/members.ts'
import { holdMembers } from '../organizations/membership.ts'
import { hashOf, invalidLink, newToken } from './one-time-links.ts'

export interface NewInvitation {
  /** In the installation. */
  role: 'admin' | 'user'
  /** Into which organization it leads, where it leads into one. */
  organization: { id: string; role: OrganizationRole } | null
  /** How long it works. */
  days: number
  createdBy: string
}

const pageSize = 50

/** Makes a link that lets one person in; answers its token, which is told only now. Whether one may is for the caller. */
export async function makeInvitation(
  wanted: NewInvitation,
  db: Pick<Transaction, 'insert'> = database(),
): Promise<{ id: string; token: string }> {
  const token = newToken()
  const id = newId('invite')
  await db.insert(invitationLink).values({
    id,
    tokenHash: hashOf(token),
    role: wanted.role,
    organizationId: wanted.organization?.id ?? null,
    organizationRole: wanted.organization?.role ?? null,
    createdBy: wanted.createdBy,
    createdAt: sql`now()`,
    expiresAt: sql`now() + make_interval(days => ${wanted.days})`,
  })
  return { id, token }
}

/** Open ones first to last, a page at a time, newest first. */
export async function listInvitations(cursor?: string) {
  const rows = await database()
    .select({ link: invitationLink, organizationName: organization.name })
    .from(invitationLink)
    .leftJoin(organization, eq(organization.id, invitationLink.organizationId))
    .where(afterCursor(cursor, 'invite', [invitationLink.createdAt, invitationLink.id]))
    .orderBy(
      sql`${invitationLink.createdAt} desc nulls first`,
      sql`${invitationLink.id} desc nulls first`,
    )
    .limit(pageSize + 1)
  const page = rows.slice(0, pageSize)
  const last = page.at(-1)?.link
  return {
    invitations: page.map(({ link, organizationName }) => viewOf(link, organizationName)),
    nextCursor: rows.length > pageSize && last ? cursorOf(last.createdAt, last.id) : null,
  }
}

type Link = typeof invitationLink.$inferSelect

function viewOf(link: Link, organizationName: string | null): InvitationView {
  const { organizationId } = link
  const isOver = link.expiresAt <= new Date()
  return {
    id: link.id,
    role: link.role,
    organization: organizationId ? { id: organizationId, name: organizationName ?? '' } : null,
    organizationRole: link.organizationRole,
    createdAt: link.createdAt.toISOString(),
    expiresAt: link.expiresAt.toISOString(),
    state: link.usedAt ? 'used' : link.revokedAt ? 'revoked' : isOver ? 'expired' : 'open',
  }
}

/** Ends an invitation that was not used yet. Answers whether there was one. */
export async function revokeInvitation(id: string) {
  const [revoked] = await database()
    .update(invitationLink)
    .set({ revokedAt: sql`coalesce(${invitationLink.revokedAt}, now())` })
    .where(and(eq(invitationLink.id, id), isNull(invitationLink.usedAt)))
    .returning({ id: invitationLink.id })
  return Boolean(revoked)
}

/** One of an account that was blocked, or may no longer invite into the installation, opens nothing either. */
function usable(token: string) {
  return and(
    eq(invitationLink.tokenHash, hashOf(token)),
    isNull(invitationLink.usedAt),
    isNull(invitationLink.revokedAt),
    gt(invitationLink.expiresAt, sql`now()`),
    sql`exists (select from ${user} where ${user.id} = ${invitationLink.createdBy}
      and ${user.banned} is not true
      and (${invitationLink.organizationId} is not null or ${user.role} in ('owner', 'admin')))`,
  )
}

/** What an invitation gives. Throws `link_invalid` alike where it is wrong, used, expired or revoked. */
export async function readInvitation(token: string): Promise<InvitationOffer> {
  const [found] = await database()
    .select({ link: invitationLink, name: organization.name, inviterRole: user.role })
    .from(invitationLink)
    .leftJoin(organization, eq(organization.id, invitationLink.organizationId))
    .leftJoin(user, eq(user.id, invitationLink.createdBy))
    .where(usable(token))
  if (!found) throw invalidLink()
  const { link, name, inviterRole } = found
  return {
    role: link.role,
    organization: name === null ? null : { name },
    organizationRole: link.organizationRole,
    givesAccount: givesAccounts(env().SIGN_UP, roleOf(inviterRole)),
    expiresAt: link.expiresAt.toISOString(),
  }
}

/** Throws `sign_up_closed` where an invitation is for those alone who have an account. */
export function assertGivesAccount({ givesAccount }: Pick<InvitationOffer, 'givesAccount'>) {
  if (givesAccount) return
  throw new AppError('sign_up_closed', { userMessage: message('people.needsAccount') })
}

/** Uses an invitation for the account that is made in this transaction. */
export async function takeForNewAccount(tx: Transaction, token: string, userId: string) {
  const taken = await takeInvitation(tx, token, userId)
  // The inviter may have another role by now.
  const isInviter = eq(user.id, taken.createdBy)
  const [inviter] = await tx.select({ role: user.role }).from(user).where(isInviter)
  assertGivesAccount({ givesAccount: givesAccounts(env().SIGN_UP, roleOf(inviter?.role)) })
  return taken
}

/** Uses an invitation in the transaction that makes or joins the account; of two at once, one. */
export async function takeInvitation(tx: Transaction, token: string, userId: string) {
  const [found] = await tx
    .select({ organizationId: invitationLink.organizationId })
    .from(invitationLink)
    .where(usable(token))
  // First the organization, as all who change its members do: one of them may be revoking this very link.
  if (found?.organizationId) await holdMembers(tx, found.organizationId)
  const [taken] = await tx
    .update(invitationLink)
    .set({ usedAt: sql`now()`, usedBy: userId })
    .where(usable(token))
    .returning()
  if (!taken) throw invalidLink()
  return taken
}

/** Makes a user a member of the organization that an invitation leads into. One who is already stays as it is. */
export async function joinOrganization(
  tx: Transaction,
  { organizationId, organizationRole }: Pick<Link, 'organizationId' | 'organizationRole'>,
  userId: string,
) {
  if (!organizationId) return
  await addMember(tx, { organizationId, userId, role: organizationRole ?? 'member' })
}

/** Takes an invitation for an account that there is: it joins the organization, and may become an admin. */
export async function acceptInvitation(token: string, userId: string) {
  await inTransaction(async (tx) => {
    const taken = await takeInvitation(tx, token, userId)
    await joinOrganization(tx, taken, userId)
    if (taken.role !== 'admin') return
    await tx
      .update(user)
      .set({ role: 'admin' })
      .where(and(eq(user.id, userId), sql`coalesce(${user.role}, 'user') = 'user'`))
  })
}
