import { and, eq, sql } from 'drizzle-orm'
import {
  type OrganizationRole,
  mayManage,
  organizationRoles,
} from '#lib/contract/people/organization'
import { message } from '#lib/messages/message'
import { member, organization } from '../../db/auth-schema.ts'
import { type Transaction, database, inTransaction } from '../../db/client.ts'
import { AppError } from '../../errors.ts'

/** The role of a user in an organization; undefined for a stranger, and where there is no such organization. */
export async function memberOf(
  userId: string,
  organizationId: string,
  db: Pick<Transaction, 'select'> = database(),
): Promise<OrganizationRole | undefined> {
  const [row] = await db
    .select({ role: member.role })
    .from(member)
    .where(and(eq(member.organizationId, organizationId), eq(member.userId, userId)))
  return row && roleOf(row.role)
}

/** A role as it is kept. What is none is the least. */
export function roleOf(kept: string): OrganizationRole {
  return organizationRoles.find((role) => role === kept) ?? 'member'
}

/**
 * Does what a member asks for while the members and roles of the organization stay as they are: two requests at once go
 * one after the other, and each sees what the one before it did. A stranger gets the answer of an organization that was
 * never there.
 */
export function asMember<T>(
  organizationId: string,
  userId: string,
  work: (tx: Transaction, role: OrganizationRole) => Promise<T>,
): Promise<T> {
  return inTransaction(async (tx) => {
    await holdMembers(tx, organizationId)
    const role = await memberOf(userId, organizationId, tx)
    if (!role) throw noSuchOrganization()
    return work(tx, role)
  })
}

/** Has all others who change the members of an organization wait for the end of this transaction. */
export async function holdMembers(tx: Transaction, organizationId: string) {
  await tx
    .select({ id: organization.id })
    .from(organization)
    .where(eq(organization.id, organizationId))
    .for('no key update')
}

/** Throws unless a role may invite, remove, rename and manage keys. */
export function assertManager(role: OrganizationRole) {
  if (!mayManage(role)) throw forbidden()
}

export async function ownerCount(tx: Transaction, organizationId: string) {
  const [row] = await tx
    .select({ owners: sql<number>`count(*)::int` })
    .from(member)
    .where(and(eq(member.organizationId, organizationId), eq(member.role, 'owner')))
  return row!.owners
}

/** The one answer for an organization of others and one that never was. */
export function noSuchOrganization() {
  return new AppError('not_found', { userMessage: message('errors.organizationNotFound') })
}

export function forbidden() {
  return new AppError('forbidden', { userMessage: message('errors.organizationForbidden') })
}
