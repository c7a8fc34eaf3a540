import { and, eq, isNull, sql } from 'drizzle-orm'
import { database } from '../db/client.ts'
import { type FileRow, file } from '../db/schema.ts'
import { isFileId } from '../ids.ts'
import { processWide } from '../process-wide.ts'

/**
 * The file of this owner. A stranger's, a deleted and a never-seen id all answer undefined, so that nobody can
 * tell them apart.
 */
export async function findOwnedFile(userId: string, fileId: string): Promise<FileRow | undefined> {
  if (!isFileId(fileId)) return undefined
  // Prepared once a connection: this is what every poll asks.
  const query = processWide('find owned file', () =>
    database()
      .select()
      .from(file)
      .where(
        and(
          eq(file.id, sql.placeholder('fileId')),
          eq(file.userId, sql.placeholder('userId')),
          isNull(file.deletedAt),
        ),
      )
      .prepare('find_owned_file'),
  )
  const [row] = await query.execute({ fileId, userId })
  return row
}

/** The file whoever owns it, deleted or not. For the pipeline only. */
export async function findFile(fileId: string): Promise<FileRow | undefined> {
  const [row] = await database().select().from(file).where(eq(file.id, fileId))
  return row
}
