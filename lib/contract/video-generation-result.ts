import { z } from 'zod'
import { fileViewSchema } from './file-view.ts'

/** What starting a generation answers (202), and what `generateVideo` in the browser resolves to. */
export const videoGenerationResultSchema = z.object({
  success: z.boolean(),
  projectId: z.string().optional(),
  requestId: z.string().optional(),
  fileId: z.string().optional(),
  message: z.string().optional(),
  error: z.string().optional(),
  files: z.array(fileViewSchema).optional(),
  url: z.string().optional(),
})
export type VideoGenerationResult = z.infer<typeof videoGenerationResultSchema>
