import type { FileView } from '#lib/contract/file-view'

/** What a user can do with a generation, wherever it is shown. */
export interface GenerationHandlers {
  onOpen: (view: FileView) => void
  onReuse: (view: FileView) => void
  onDelete: (view: FileView) => void
  onRetry: (fileId: string) => void
  onCheck: (fileId: string) => Promise<void>
  onCancel: (fileId: string) => Promise<void>
}
