import { type FileView, isFileView } from './file-view.ts'
import { hasFields } from './has-fields.ts'

/** One page of a user's files, newest first. `GET /api/file?status=&cursor=&limit=`. */
export interface FilePage {
  files: FileView[]
  /** Hand it back as `cursor` for the next page; null on the last one. */
  nextCursor: string | null
}

export function isFilePage(value: unknown): value is FilePage {
  if (!hasFields(value, { files: 'object' })) return false
  const { files } = value as FilePage
  return Array.isArray(files) && files.every(isFileView)
}
