import type { FileView } from '#lib/contract/file-view'

/** The user's own videos, as far as they are loaded. */
export interface OwnVideos {
  views: readonly FileView[]
  hasMore: boolean
  loadMore: () => Promise<void>
}
