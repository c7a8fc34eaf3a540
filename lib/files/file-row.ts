import { getTableColumns, sql } from 'drizzle-orm'
import { type AttemptRow, file } from '../db/schema.ts'

/** An attempt as it hangs on its file; times as PostgreSQL writes them into JSON. */
export type FileAttempt = Omit<AttemptRow, 'token' | 'fileId' | 'startedAt' | 'endedAt'> & {
  startedAt: string
  endedAt: string | null
  /** Whether it is the one whose job the file waits for. */
  isInHand: boolean
}

/** What a file is read as, everywhere: its row, and every call to a provider that was made for it. */
export type FileRow = typeof file.$inferSelect & { attempts: FileAttempt[] }

/** The columns of a `FileRow`, for `select` and `returning` alike. */
export const fileColumns = {
  ...getTableColumns(file),
  attempts: sql<FileAttempt[]>`coalesce((
    select json_agg(json_build_object(
      'number', a.number, 'provider', a.provider, 'providerLabel', a.provider_label,
      'model', a.model, 'reason', a.reason, 'consoleUrl', a.console_url, 'outcome', a.outcome,
      'reference', a.reference, 'costUsd', a.cost_usd, 'errorCode', a.error_code,
      'errorMessage', a.error_message, 'startedAt', a.started_at, 'endedAt', a.ended_at,
      'isInHand', a.token is not distinct from "file"."token"
    ) order by a.number) from attempt a where a.file_id = "file"."id"
  ), '[]')`.as('attempts'),
}
