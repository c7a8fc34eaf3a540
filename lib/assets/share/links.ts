import { and, count, desc, eq, exists, gt, inArray, isNull, not, or, sql } from 'drizzle-orm'
import { asset } from '../../db/asset-schema.ts'
import { user } from '../../db/auth-schema.ts'
import { type Database, type Transaction, database } from '../../db/client.ts'
import { generation } from '../../db/generation-schema.ts'
import { shareLink } from '../../db/share-schema.ts'

export type ShareLink = typeof shareLink.$inferSelect

const isKept = (ownerId: string, generationId: string) =>
  and(
    eq(shareLink.ownerId, ownerId),
    eq(shareLink.generationId, generationId),
    isNull(shareLink.revokedAt),
  )

/** The links to a video that are not revoked, newest first. */
export async function linksTo(ownerId: string, generationId: string): Promise<ShareLink[]> {
  return database()
    .select()
    .from(shareLink)
    .where(isKept(ownerId, generationId))
    .orderBy(desc(shareLink.createdAt), shareLink.token)
}

export async function countLinksTo(ownerId: string, generationId: string) {
  const [row] = await database()
    .select({ links: count() })
    .from(shareLink)
    .where(isKept(ownerId, generationId))
  return row!.links
}

export async function insertLink(values: typeof shareLink.$inferInsert): Promise<ShareLink> {
  const [row] = await database().insert(shareLink).values(values).returning()
  return row!
}

/** Ends a link at once; false where this owner's video has none of this token. */
export async function revokeLink(
  { ownerId, generationId, token }: Pick<ShareLink, 'ownerId' | 'generationId' | 'token'>,
  now: Date,
) {
  const revoked = await database()
    .update(shareLink)
    .set({ revokedAt: now })
    .where(and(isKept(ownerId, generationId), eq(shareLink.token, token)))
    .returning({ token: shareLink.token })
  return revoked.length > 0
}

/** Forgets the links to a video that is removed. */
export async function deleteLinksTo(generationId: string, db: Database | Transaction) {
  await db.delete(shareLink).where(eq(shareLink.generationId, generationId))
}

/** What a link shows while it lasts; undefined for one that is over, and for one that never was. */
export async function findShared(token: string, now = new Date()) {
  const [row] = await database()
    .select({ link: shareLink, asset, prompt: generation.prompt, isDemo: generation.isDemo })
    .from(shareLink)
    .innerJoin(generation, eq(generation.id, shareLink.generationId))
    .innerJoin(asset, eq(asset.id, shareLink.assetId))
    .where(and(eq(shareLink.token, token), isLive(now)))
  return row
}

export type Shared = NonNullable<Awaited<ReturnType<typeof findShared>>>

/** Of some links, those that last, in one query. */
export async function liveLinks(tokens: string[], now = new Date()): Promise<Set<string>> {
  const rows = await database()
    .select({ token: shareLink.token })
    .from(shareLink)
    .innerJoin(generation, eq(generation.id, shareLink.generationId))
    .where(and(inArray(shareLink.token, tokens), isLive(now)))
  return new Set(rows.map(({ token }) => token))
}

/**
 * Not revoked, not expired, and of a video that is neither deleted nor in the trash, and still its owner's. One who is banned shows nothing more
 * while that lasts; what an organization shows stays, no matter which member has shared it.
 */
function isLive(now: Date) {
  const isBanned = exists(
    database()
      .select({ id: user.id })
      .from(user)
      .where(
        and(
          eq(user.id, shareLink.ownerId),
          eq(user.banned, true),
          or(isNull(user.banExpires), gt(user.banExpires, now)),
        ),
      ),
  )
  return and(
    isNull(shareLink.revokedAt),
    or(isNull(shareLink.expiresAt), gt(shareLink.expiresAt, now)),
    isNull(generation.deletedAt),
    sql`not exists (select from library_item trashed
      where trashed.id = ${generation.id} and trashed.trashed_at is not null)`,
    eq(generation.ownerId, shareLink.ownerId),
    not(isBanned),
  )
}
