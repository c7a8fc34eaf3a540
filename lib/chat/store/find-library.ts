import { and, desc, eq, isNull } from 'drizzle-orm'
import { database } from '../../db/client.ts'
import { file } from '../../db/schema.ts'
import { type FileRow, fileColumns } from '../../generations/row.ts'

const atMost = 20
const lookedAt = 300

/** The newest videos of a user; where words are given (in small letters), those whose prompt holds them. */
export async function findLibrary(userId: string, query: string): Promise<FileRow[]> {
  const rows = await database()
    .select(fileColumns)
    .from(file)
    .where(and(eq(file.userId, userId), isNull(file.deletedAt)))
    .orderBy(desc(file.createdAt), desc(file.id))
    .limit(query ? lookedAt : atMost)
  // Compared here: the database's own lower() knows Latin letters only.
  return rows.filter(({ prompt }) => prompt.toLowerCase().includes(query)).slice(0, atMost)
}
