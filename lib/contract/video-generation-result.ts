import type { FileView } from './file-view.ts'
import { hasFields } from './has-fields.ts'

/** What starting a generation answers (202), and what `generateVideo` in the browser resolves to. */
export interface VideoGenerationResult {
  success: boolean
  projectId?: string
  requestId?: string
  fileId?: string
  message?: string
  error?: string
  files?: FileView[]
  url?: string
}

export function isVideoGenerationResult(value: unknown): value is VideoGenerationResult {
  return hasFields(value, { success: 'boolean' })
}
