import { and, desc, eq, gt, isNull } from 'drizzle-orm'
import { database } from '../db/client.ts'
import { file } from '../db/schema.ts'
import { type FileRow, fileColumns } from './file-row.ts'

/** The user's latest finished video of exactly these settings since a moment, or undefined. */
export async function findSame(
  userId: string,
  settingsHash: string,
  since: Date,
): Promise<FileRow | undefined> {
  const [row] = await database()
    .select(fileColumns)
    .from(file)
    .where(
      and(
        eq(file.userId, userId),
        eq(file.settingsHash, settingsHash),
        eq(file.state, 'completed'),
        isNull(file.deletedAt),
        gt(file.finishedAt, since),
      ),
    )
    .orderBy(desc(file.finishedAt))
    .limit(1)
  return row
}
