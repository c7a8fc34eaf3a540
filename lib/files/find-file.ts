import { sql } from 'drizzle-orm'
import { database } from '../db/client.ts'
import { file } from '../db/schema.ts'
import { isFileId } from '../ids.ts'
import { type FileRow, fileColumns } from './file-row.ts'
import { processWide } from '../process-wide.ts'
import { readTogether } from './read-together.ts'

/**
 * The file of this owner. A stranger's, a deleted and a never-seen id all answer undefined, so that nobody can
 * tell them apart.
 */
export async function findOwnedFile(userId: string, fileId: string): Promise<FileRow | undefined> {
  if (!isFileId(fileId)) return undefined
  const row = await findFile(fileId)
  return row && row.userId === userId && !row.deletedAt ? row : undefined
}

/** The file whoever owns it, deleted or not. For the pipeline only. The row may be shared: never write to it. */
export function findFile(fileId: string): Promise<FileRow | undefined> {
  return processWide('find file', () => readTogether(readFiles))(fileId)
}

async function readFiles(fileIds: string[]) {
  // Prepared once a connection: this is what every poll and every event asks.
  const query = processWide('read files', () =>
    database()
      .select(fileColumns)
      .from(file)
      .where(sql`${file.id} = any(${sql.placeholder('fileIds')})`)
      .prepare('read_files'),
  )
  const rows = await query.execute({ fileIds })
  return new Map(rows.map((row) => [row.id, row]))
}
