'use client'

import type { FileView } from '#lib/contract/file-view'
import { playbackOf } from '#lib/contract/film-format'
import { FrameBox } from './frame-box.tsx'
import { PlayerFault } from './player-fault.tsx'
import { UnplayableFilm } from './unplayable-film.tsx'
import { useMediaFault } from './use-media-fault.ts'

export interface VideoPlayerProps {
  view: FileView
  /** True if the user saw it develop: the picture then appears behind the line. */
  isFresh?: boolean
  /** `none` where a page has many: only the poster is loaded until one is played. */
  preload?: 'metadata' | 'none'
}

/** The browser's own player; its name is the prompt, the text alternative of the film. */
export function VideoPlayer({ view, isFresh = false, preload = 'metadata' }: VideoPlayerProps) {
  const { fault, retry, handlers } = useMediaFault(view.url)
  if (playbackOf(view) === 'nowhere')
    return (
      <FrameBox view={view}>
        <UnplayableFilm view={view} />
      </FrameBox>
    )
  return (
    <>
      <FrameBox view={view}>
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- what is said in it is unknown */}
        <video
          key={view.url}
          src={view.url ?? undefined}
          poster={view.posterUrl ?? undefined}
          aria-label={view.settings.prompt}
          controls
          playsInline
          preload={preload}
          className={`absolute inset-0 size-full ${isFresh ? 'animate-develop' : ''}`}
          {...handlers}
        />
      </FrameBox>
      <PlayerFault view={view} fault={fault} onRetry={retry} />
    </>
  )
}
