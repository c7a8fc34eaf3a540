'use client'

import {
  MediaControlBar,
  MediaController,
  MediaFullscreenButton,
  MediaMuteButton,
  MediaPlayButton,
  MediaTimeDisplay,
  MediaTimeRange,
  MediaVolumeRange,
} from 'media-chrome/react'
import type { FileView } from '#lib/contract/file-view'
import { playbackOf } from '#lib/contract/film-format'
import { FrameBox } from './frame-box.tsx'
import { PlayerFault } from './player-fault.tsx'
import { UnplayableFilm } from './unplayable-film.tsx'
import { useMediaFault } from './use-media-fault.ts'

/** The player of the large view: frame-wide timeline, full screen, keyboard. */
export function LargePlayer({ view }: { view: FileView }) {
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
        <MediaController className="large-player absolute inset-0 size-full">
          {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- what is said in it is unknown */}
          <video
            slot="media"
            src={view.url ?? undefined}
            poster={view.posterUrl ?? undefined}
            aria-label={view.settings.prompt}
            playsInline
            preload="metadata"
            {...handlers}
          />
          <MediaControlBar>
            <MediaPlayButton />
            <MediaTimeDisplay showDuration noToggle />
            <MediaTimeRange />
            {view.audioCodec && <MediaMuteButton />}
            {view.audioCodec && view.width > view.height && <MediaVolumeRange />}
            <MediaFullscreenButton />
          </MediaControlBar>
        </MediaController>
      </FrameBox>
      <PlayerFault view={view} fault={fault} onRetry={retry} />
    </>
  )
}
