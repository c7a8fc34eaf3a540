import { randomBytes } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { database } from '../../db/client.ts'
import { webhookSecret } from '../../db/notice-schema.ts'

const overlapMs = 24 * 60 * 60 * 1000

function newSecret() {
  return `whsec_${randomBytes(32).toString('base64')}`
}

export interface Secrets {
  secret: string
  /** The one before, as long as it is signed with, and until when. */
  former: { secret: string; until: Date } | undefined
}

/** What an owner's webhooks are signed with; made at the first use. */
export async function secretsOf(ownerId: string, now = new Date()): Promise<Secrets> {
  const known = await findSecrets(ownerId, now)
  if (known) return known
  await database()
    .insert(webhookSecret)
    .values({ ownerId, secret: newSecret(), changedAt: now })
    .onConflictDoNothing()
  return (await findSecrets(ownerId, now))!
}

export async function findSecrets(ownerId: string, now = new Date()): Promise<Secrets | undefined> {
  const isTheirs = eq(webhookSecret.ownerId, ownerId)
  const [row] = await database().select().from(webhookSecret).where(isTheirs)
  if (!row) return undefined
  const until = new Date(row.changedAt.getTime() + overlapMs)
  const former = row.formerSecret && until > now ? { secret: row.formerSecret, until } : undefined
  return { secret: row.secret, former }
}

/** Gives an owner another secret. The one of now signs beside it for a day; one before that is over. */
export async function rotateSecret(ownerId: string, now = new Date()) {
  await database()
    .insert(webhookSecret)
    .values({ ownerId, secret: newSecret(), changedAt: now })
    .onConflictDoUpdate({
      target: webhookSecret.ownerId,
      set: {
        secret: sql`excluded.secret`,
        formerSecret: webhookSecret.secret,
        changedAt: now,
      },
    })
}
