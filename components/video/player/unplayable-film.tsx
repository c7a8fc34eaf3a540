import { filmName } from '#lib/contract/film-format'
import type { FileView } from '#lib/contract/file-view'
import { DownloadLink } from '../actions/video-actions.tsx'

/** Stands for the player of a film that no browser plays: what it is, and the way to have it. */
export function UnplayableFilm({ view }: { view: FileView }) {
  const name = filmName(view)
  return (
    <div
      role="note"
      aria-label={view.settings.prompt}
      className="absolute inset-0 flex flex-col items-center justify-center gap-2 p-4 text-center"
    >
      <p className="text-sm text-pretty">
        {`This is ${name}, which browsers do not play. Download it to watch it.`}
      </p>
      {view.url && <DownloadLink view={view} url={view.url} isLabelled />}
    </div>
  )
}
