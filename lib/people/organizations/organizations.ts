import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Caller } from '#lib/contract/people/caller'
import {
  type OrganizationAnswer,
  type OrganizationView,
  nameMaxLength,
} from '#lib/contract/people/organization'
import { message } from '#lib/messages/message'
import { apikey, member, organization, session, user } from '../../db/auth-schema.ts'
import { type Transaction, database, inTransaction } from '../../db/client.ts'
import { invitationLink } from '../../db/people-schema.ts'
import { AppError } from '../../errors.ts'
import { newId } from '../../ids.ts'
import { parsed } from '../../read-input.ts'
import { assertAccount, nameSchema } from '../asked.ts'
import { asMember, assertManager, forbidden, noSuchOrganization, roleOf } from './membership.ts'

// Each has turns and limits of its own: a bound on what one account can multiply them by.
const ownedAtMost = 10
const listedAtMost = 200

const organizationSchema = z.strictObject({ name: nameSchema })
const wanted = { name: message('request.name', { max: nameMaxLength }) }

/** The organizations a user is a member of, by name. */
export async function organizationsOf(userId: string): Promise<OrganizationView[]> {
  const rows = await database()
    .select({ id: organization.id, name: organization.name, role: member.role })
    .from(member)
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .where(eq(member.userId, userId))
    .orderBy(asc(organization.name), asc(organization.id))
    .limit(listedAtMost)
  return rows.map((row) => ({ ...row, role: roleOf(row.role) }))
}

/** Makes an organization; who makes it is its first owner. */
export async function createOrganization(caller: Caller, body: unknown): Promise<OrganizationView> {
  assertAccount(caller)
  const { userId } = caller
  const { name } = parsed(organizationSchema, body, wanted)
  const id = newId('org')
  await inTransaction(async (tx) => {
    await tx.select({ id: user.id }).from(user).where(eq(user.id, userId)).for('no key update')
    const isOwned = and(eq(member.userId, userId), eq(member.role, 'owner'))
    if ((await tx.$count(member, isOwned)) >= ownedAtMost)
      throw new AppError('not_possible_now', {
        userMessage: message('errors.tooManyOrganizations', { atMost: ownedAtMost }),
      })
    await tx.insert(organization).values({ id, name, slug: id })
    await tx
      .insert(member)
      .values({ id: newId('member'), organizationId: id, userId, role: 'owner' })
  })
  return { id, name, role: 'owner' }
}

/** An organization with its members, for one of them. */
export async function readOrganization(userId: string, id: string): Promise<OrganizationAnswer> {
  const rows = await database()
    .select({
      name: organization.name,
      role: member.role,
      since: member.createdAt,
      userId: user.id,
      userName: user.name,
      email: user.email,
    })
    .from(member)
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .innerJoin(user, eq(user.id, member.userId))
    .where(eq(member.organizationId, id))
    .orderBy(asc(member.createdAt), asc(member.id))
  const own = rows.find((row) => row.userId === userId)
  if (!own) throw noSuchOrganization()
  const members = rows.map((row) => ({
    userId: row.userId,
    name: row.userName,
    email: row.email,
    role: roleOf(row.role),
    since: row.since.toISOString(),
  }))
  return { id, name: own.name, role: roleOf(own.role), members }
}

export async function renameOrganization(
  userId: string,
  id: string,
  body: unknown,
): Promise<OrganizationView> {
  const { name } = parsed(organizationSchema, body, wanted)
  return asMember(id, userId, async (tx, role) => {
    assertManager(role)
    await tx.update(organization).set({ name }).where(eq(organization.id, id))
    return { id, name, role }
  })
}

/**
 * Deletes an organization that has nothing: no video, chat or upload, and no entry in the books, which name it for good.
 * Its keys and invitations end with it.
 */
export async function deleteOrganization(userId: string, id: string) {
  await asMember(id, userId, async (tx, role) => {
    if (role !== 'owner') throw forbidden()
    if (await hasAnything(tx, id))
      throw new AppError('not_possible_now', { userMessage: message('errors.organizationInUse') })
    await tx.update(apikey).set({ enabled: false }).where(eq(apikey.referenceId, id))
    await tx
      .update(session)
      .set({ activeOrganizationId: null })
      .where(eq(session.activeOrganizationId, id))
    await tx
      .update(invitationLink)
      .set({ revokedAt: new Date() })
      .where(and(eq(invitationLink.organizationId, id), isNull(invitationLink.revokedAt)))
    await tx.delete(organization).where(eq(organization.id, id))
  })
}

async function hasAnything(tx: Transaction, id: string) {
  // What is being written for it shares this lock (`adopter_of`): it is there before the look, or comes too late.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('adopt ' || ${id}, 0))`)
  const { rows } = await tx.execute<{ has: boolean }>(sql`
    select exists (select from generation where owner_id = ${id})
      or exists (select from chat where user_id = ${id})
      or exists (select from asset where owner_id = ${id})
      or exists (select from collection where owner_id = ${id})
      or exists (select from canvas where owner_id = ${id})
      or exists (select from template where owner_id = ${id})
      or exists (select from hold where owner_id = ${id})
      or exists (select from ledger_transfer where owner_id = ${id})
      or exists (select from top_up where owner_id = ${id}) as has`)
  return rows[0]!.has
}
