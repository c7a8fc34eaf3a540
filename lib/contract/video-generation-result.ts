import * as z from 'zod/mini'
import { fileViewSchema } from './file-view.ts'

/** What starting a generation answers (202), and what `generateVideo` in the browser resolves to. */
export const videoGenerationResultSchema = z.object({
  success: z.boolean(),
  projectId: z.optional(z.string()),
  requestId: z.optional(z.string()),
  fileId: z.optional(z.string()),
  message: z.optional(z.string()),
  error: z.optional(z.string()),
  files: z.optional(z.array(fileViewSchema)),
  url: z.optional(z.string()),
})
export type VideoGenerationResult = z.infer<typeof videoGenerationResultSchema>
