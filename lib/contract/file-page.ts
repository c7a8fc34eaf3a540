import * as z from 'zod/mini'
import { fileViewSchema } from './file-view.ts'

/** One page of a user's files, newest first. `GET /api/file?status=&cursor=&limit=`. */
export const filePageSchema = z.object({
  files: z.array(fileViewSchema),
  /** Hand it back as `cursor` for the next page; null on the last one. */
  nextCursor: z.nullable(z.string()),
})
export type FilePage = z.infer<typeof filePageSchema>
