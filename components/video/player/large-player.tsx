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
import { useLocale } from 'next-intl'
import type { FileView } from '#lib/contract/file-view'
import { message } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'
import { nameControls } from './control-words.ts'
import { PlayerFrame } from './player-frame.tsx'

/** The player of the large view: frame-wide timeline, full screen, keyboard. */
export function LargePlayer({ view }: { view: FileView }) {
  const locale = useLocale()
  const say = useSay()
  nameControls(locale, say)
  return (
    <PlayerFrame view={view}>
      {(handlers) => (
        <MediaController
          aria-label={say(message('player.control.player'))}
          className="large-player absolute inset-0 size-full"
        >
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
          {/* Its controls read their words once: in another language they are other controls. */}
          <MediaControlBar key={locale}>
            <MediaPlayButton />
            <MediaTimeDisplay showDuration noToggle />
            <MediaTimeRange />
            {view.audioCodec && <MediaMuteButton />}
            {view.audioCodec && view.width > view.height && <MediaVolumeRange />}
            <MediaFullscreenButton />
          </MediaControlBar>
        </MediaController>
      )}
    </PlayerFrame>
  )
}
