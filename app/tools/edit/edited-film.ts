import type { FileView } from '#lib/contract/file-view'
import { type EditSource, joinedAtMost } from '#lib/contract/edit/edit-limits'
import type { UploadView } from '#lib/contract/library/library'
import type { ShelfItem } from '#lib/delivery/library/shelf-item'

/** A finished video that is edited: a generated one, or one that was brought. */
export interface EditedFilm extends EditSource {
  id: string
  title: string
  url: string
  posterUrl: string | null
  filmstripUrl: string | null
  filmstripFrames: number | null
  durationSeconds: number
  hasSound: boolean
  /** The second whose frame is its poster; null for the usual one. */
  posterSeconds: number | null
}

/** Undefined where there is no film to edit. */
export function editedFilm(view: FileView | UploadView): EditedFilm | undefined {
  const { id, type, url, posterUrl, width, height, durationSeconds } = view
  const { filmstripUrl, filmstripFrames } = view
  if (type !== 'video' || !url || !durationSeconds) return undefined
  return {
    id,
    type,
    url,
    width,
    height,
    durationSeconds,
    posterUrl,
    filmstripUrl,
    filmstripFrames,
    sizeBytes: view.sizeBytes ?? 0,
    hasSound: view.audioCodec !== null,
    posterSeconds: view.posterSeconds,
    title: 'settings' in view ? view.settings.prompt : (view.name ?? ''),
  }
}

/** Whether items of the library can be joined to one video. */
export function canJoin(items: readonly ShelfItem[]) {
  const films = filmsOf(items)
  return films.length === items.length && films.length > 1 && films.length <= joinedAtMost
}

/** The videos among items of the library, in their order. */
export function filmsOf(items: readonly ShelfItem[]): EditedFilm[] {
  return items.flatMap(({ id, type, status, url, seconds, ...item }) =>
    type === 'video' && status === 'completed' && url && seconds
      ? [
          {
            id,
            type,
            url,
            durationSeconds: seconds,
            title: item.title,
            width: item.width,
            height: item.height,
            posterUrl: item.posterUrl,
            filmstripUrl: item.filmstripUrl,
            filmstripFrames: item.filmstripFrames,
            sizeBytes: item.weightBytes,
            hasSound: item.hasSound,
            posterSeconds: item.posterSeconds,
          },
        ]
      : [],
  )
}
