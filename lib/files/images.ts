import { and, eq, inArray } from 'drizzle-orm'
import { database } from '../db/client.ts'
import { type ImageRow, image } from '../db/schema.ts'

export type { ImageRow } from '../db/schema.ts'

/** Keeps a picture's facts; the same bytes of the same user are one picture, as new as the last time they came. */
export async function insertImage(values: ImageRow): Promise<ImageRow> {
  const { createdAt } = values
  const same = { target: [image.userId, image.sha256], set: { createdAt } }
  const [row] = await database().insert(image).values(values).onConflictDoUpdate(same).returning()
  return row!
}

/** Those of the pictures that are this user's. */
export async function findOwnedImages(userId: string, ids: string[]): Promise<ImageRow[]> {
  if (ids.length === 0) return []
  return database().select().from(image).where(isOwn(userId, ids))
}

/** Those of the pictures that are this user's, for use: they count as new, so no sweep takes them away meanwhile. */
export async function takeOwnedImages(
  userId: string,
  ids: string[],
  now = new Date(),
): Promise<ImageRow[]> {
  if (ids.length === 0) return []
  return database().update(image).set({ createdAt: now }).where(isOwn(userId, ids)).returning()
}

function isOwn(userId: string, ids: string[]) {
  return and(eq(image.userId, userId), inArray(image.id, ids))
}
