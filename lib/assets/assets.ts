import { type SQL, and, eq, inArray, isNotNull, isNull, notExists, or, sql } from 'drizzle-orm'
import { type Database, type Transaction, database } from '../db/client.ts'
import { type AssetRow, asset } from '../db/asset-schema.ts'
import { generation } from '../db/generation-schema.ts'
import { libraryItem } from '../db/library-schema.ts'

export type { AssetRow } from '../db/asset-schema.ts'
export type NewAsset = typeof asset.$inferInsert

/** Keeps the facts of bytes that are in storage. Twice for one generation is once. */
export async function insertAsset(values: NewAsset, db: Database | Transaction = database()) {
  await db.insert(asset).values(values).onConflictDoNothing()
}

/**
 * Keeps an upload; the same bytes of the same owner are one asset, as new as the last time they came, and out of the trash.
 * One that nothing was started from yet stays such a one: it is as old as it is unused. One that is imported stays so.
 */
export async function insertUpload(values: NewAsset & { usedAt: Date }): Promise<AssetRow> {
  const { usedAt, isKept = false, name = null } = values
  const createdAt = sql`case when ${asset.usedAt} = ${asset.createdAt} then excluded.created_at else ${asset.createdAt} end`
  const [row] = await database()
    .insert(asset)
    .values(values)
    .onConflictDoUpdate({
      target: [asset.ownerId, asset.sha256],
      targetWhere: isNull(asset.generationId),
      set: {
        usedAt,
        createdAt,
        isKept: sql`${asset.isKept} or ${isKept}`,
        name: sql`coalesce(${name}::text, ${asset.name})`,
      },
    })
    .returning()
  if (row!.id !== values.id)
    await database()
      .update(libraryItem)
      .set({ trashedAt: null })
      .where(and(eq(libraryItem.id, row!.id), isNotNull(libraryItem.trashedAt)))
  return row!
}

/**
 * Those of the assets that are this owner's. An input names an asset by its own id, or what came of a generation by
 * the generation's id: an upload, a generated picture and a finished video are inputs alike.
 */
export async function findInputs(ownerId: string, ids: string[]): Promise<AssetRow[]> {
  if (ids.length === 0) return []
  return database().select().from(asset).where(isOwn(ownerId, ids))
}

/** Those of the ids that are uploads of this owner. */
export async function findUploads(ownerId: string, ids: string[]): Promise<AssetRow[]> {
  const isMeant = and(inArray(asset.id, ids), isNull(asset.generationId))
  return database()
    .select()
    .from(asset)
    .where(and(eq(asset.ownerId, ownerId), isMeant))
}

/** The same as `findInputs`, for use: they count as new, so no sweep removes them meanwhile. What is in the trash is none. */
export async function takeInputs(
  ownerId: string,
  ids: string[],
  now = new Date(),
): Promise<AssetRow[]> {
  if (ids.length === 0) return []
  const isUsable = and(isOwn(ownerId, ids), isOutOfTrash)
  return database().update(asset).set({ usedAt: now }).where(isUsable).returning()
}

const isOutOfTrash = sql`not exists (select from library_item trashed
  where trashed.id in (${asset.id}, ${asset.generationId}) and trashed.trashed_at is not null)`

/** Whether an input of this id is meant by an asset. */
export function isNamed({ id, generationId }: AssetRow, inputId: string) {
  return id === inputId || generationId === inputId
}

/** Forgets what came of a generation. */
export async function deleteAssetsOf(
  generationId: string,
  db: Database | Transaction = database(),
) {
  await db.delete(asset).where(eq(asset.generationId, generationId))
}

/** This owner's, and of no generation that is deleted: its bytes go at any moment. */
function isOwn(ownerId: string, ids: string[]): SQL | undefined {
  const isMeant = or(inArray(asset.id, ids), inArray(asset.generationId, ids))
  const deleted = database()
    .select({ id: generation.id })
    .from(generation)
    .where(and(eq(generation.id, asset.generationId), isNotNull(generation.deletedAt)))
  return and(eq(asset.ownerId, ownerId), isMeant, notExists(deleted))
}
