import type { FileView } from '#lib/contract/file-view'

interface OwnVideoFaceProps {
  view: FileView
  /** A few words below: how long it is, or why it cannot be chosen. */
  note: string
}

/** A video of the user's own by its poster and prompt. */
export function OwnVideoFace({ view, note }: OwnVideoFaceProps) {
  const { settings, posterUrl, width, height } = view
  return (
    <>
      {posterUrl && (
        // oxlint-disable-next-line next/no-img-element -- one user's own bytes: nothing for a shared image cache
        <img
          src={posterUrl}
          alt=""
          loading="lazy"
          style={{ aspectRatio: `${width} / ${height}` }}
          className="h-40 rounded-sm bg-film group-enabled:group-hover:opacity-85"
        />
      )}
      <span className="mt-2 line-clamp-2 text-sm leading-snug">{settings.prompt}</span>
      <span className="mt-1 block font-mono text-tiny text-soft">{note}</span>
    </>
  )
}
