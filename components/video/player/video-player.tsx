'use client'

import type { FileView } from '#lib/contract/file-view'
import { PlayerFrame } from './player-frame.tsx'

export interface VideoPlayerProps {
  view: FileView
  /** True if the user saw it develop: the picture then appears behind the line. */
  isFresh?: boolean
  /** `none` where a page has many: only the poster is loaded until one is played. */
  preload?: 'metadata' | 'none'
}

/** The browser's own player; its name is the prompt, the text alternative of the film. */
export function VideoPlayer({ view, isFresh = false, preload = 'metadata' }: VideoPlayerProps) {
  return (
    <PlayerFrame view={view}>
      {(handlers) => (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- what is said in it is unknown
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
      )}
    </PlayerFrame>
  )
}
