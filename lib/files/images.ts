import { and, eq, inArray } from 'drizzle-orm'
import { database } from '../db/client.ts'
import { type ImageRow, image } from '../db/schema.ts'

export type { ImageRow } from '../db/schema.ts'

/** Keeps a picture's facts; the same bytes of the same user are one picture, and its row is answered. */
export async function insertImage(values: ImageRow): Promise<ImageRow> {
  const same = and(eq(image.userId, values.userId), eq(image.sha256, values.sha256))
  const [inserted] = await database().insert(image).values(values).onConflictDoNothing().returning()
  if (inserted) return inserted
  const [earlier] = await database().select().from(image).where(same)
  return earlier!
}

/** Those of the pictures that are this user's. */
export async function findOwnedImages(userId: string, ids: string[]): Promise<ImageRow[]> {
  if (ids.length === 0) return []
  return database()
    .select()
    .from(image)
    .where(and(eq(image.userId, userId), inArray(image.id, ids)))
}
