import type { FileRow } from '../../files/file-row.ts'

/** Past its deadline it goes on, and is looked at more slowly. */
export function isLate({ deadlineAt }: FileRow, now: Date) {
  return deadlineAt !== null && now > deadlineAt
}
