import { settleLate } from '../files/attempts.ts'
import type { FilePatch } from '../files/change-file.ts'
import type { FileRow } from '../files/file-row.ts'
import type { AttemptPatch } from '../files/attempts.ts'
import { backTo } from './steps/back-to.ts'

/**
 * Writes an answer that came when its file had gone on without it: what became of the attempt is known from now on,
 * and where it made a job and no other submit is under way, the file goes back to that job instead of paying for
 * another. Answers the file where it was changed.
 */
export function lateAnswer(
  row: FileRow,
  patch: FilePatch,
  attempt: AttemptPatch,
): Promise<FileRow | undefined> {
  const hasJob = patch.state === 'waiting' || patch.state === 'storing'
  return settleLate(row.id, attempt, (late) =>
    hasJob ? { ...backTo(row, late), ...patch } : undefined,
  )
}
