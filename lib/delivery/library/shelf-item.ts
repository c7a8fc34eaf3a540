import { type FileView, isFinal } from '#lib/contract/file-view'
import type { MediaType } from '#lib/contract/generation'
import type { ItemSource, ItemStatus, LibraryItem, UploadView } from '#lib/contract/library/library'

/**
 * An item of the library as a page keeps it: what its tile shows. Tens of thousands are kept at once, so the whole view
 * stays only where it changes by itself, as long as it is being made.
 */
export interface ShelfItem {
  id: string
  type: MediaType
  source: ItemSource
  status: ItemStatus
  /** Its prompt, or the name of an upload; empty where it has none. */
  title: string
  isStarred: boolean
  collections: string[]
  weightBytes: number
  trashedAt: string | null
  deletedFrom: string | null
  createdAt: string
  width: number
  height: number
  seconds: number | null
  url: string | null
  posterUrl: string | null
  posterSeconds: number | null
  filmstripUrl: string | null
  filmstripFrames: number | null
  hasSound: boolean
  /** Of one that is being made. */
  view?: FileView
  upload?: UploadView
}

export function shelfItemOf({ file, upload, ...item }: LibraryItem): ShelfItem {
  const { id, type, source, isStarred, collections, weightBytes } = item
  const { trashedAt, deletedFrom, createdAt } = item
  const known = { id, type, source, isStarred, collections, weightBytes, trashedAt, deletedFrom }
  if (file) return { ...known, createdAt, ...shownOf(file) }
  return { ...known, createdAt, ...shownOfUpload(upload!) }
}

/** What a tile shows of a generation. */
export function shownOf(view: FileView) {
  const { status, settings, width, height, url, posterUrl, filmstripUrl, filmstripFrames } = view
  const { posterSeconds } = view
  const isOpen = !isFinal(view)
  return {
    status: isOpen ? ('open' as const) : (status as ItemStatus),
    title: settings.prompt,
    width,
    height,
    seconds: view.type === 'video' ? (view.durationSeconds ?? settings.duration) : null,
    url,
    posterUrl: posterUrl ?? (view.type === 'image' ? url : null),
    posterSeconds,
    filmstripUrl,
    filmstripFrames,
    hasSound: view.audioCodec !== null,
    ...(isOpen && { view }),
  }
}

function shownOfUpload(upload: UploadView) {
  const { name, width, height, url, posterUrl, filmstripUrl, filmstripFrames } = upload
  return {
    status: 'completed' as const,
    title: name ?? '',
    width,
    height,
    seconds: upload.durationSeconds,
    url,
    posterUrl: posterUrl ?? (upload.type === 'image' ? url : null),
    posterSeconds: upload.posterSeconds,
    filmstripUrl,
    filmstripFrames,
    hasSound: upload.audioCodec !== null,
    upload,
  }
}
