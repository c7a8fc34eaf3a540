import { eq, sql } from 'drizzle-orm'
import { isOrganization } from '../../ids.ts'
import { organization } from '../auth-schema.ts'
import { type Database, type Transaction, database } from '../client.ts'

/**
 * How long requests count as under way that were sent with a visitor's session before its work moved into an account:
 * they are told to come again, and see what the visitor made. After that the session is over.
 */
export const underWaySeconds = 60

/**
 * Whose an owner's things are: its own, or those of the account that the visitor's work has moved into. Waits for a
 * move that is going on; within a transaction none begins before its end.
 */
export async function adopterOf(ownerId: string, db: Database | Transaction = database()) {
  const { rows } = await db.execute<{ owner: string }>(sql`select adopter_of(${ownerId}) as owner`)
  return rows[0]!.owner
}

/**
 * Whether an owner is there: an organization may have been deleted since the request came. A statement of its own behind
 * `adopter_of`, whose lock a deletion takes alone: then it stays until the end of the transaction.
 */
export async function isOwnerThere(ownerId: string, tx: Transaction) {
  return (
    !isOrganization(ownerId) || (await tx.$count(organization, eq(organization.id, ownerId))) > 0
  )
}

/** The account that a visitor's work has just moved into; undefined where none has, or long ago. */
export async function recentAdopterOf(visitorId: string): Promise<string | undefined> {
  const { rows } = await database().execute<{ adopter: string }>(sql`
    select to_id as adopter from adoption
    where from_id = ${visitorId} and at > now() - make_interval(secs => ${underWaySeconds})`)
  return rows[0]?.adopter
}
