'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { FileView } from '#lib/contract/file-view'
import { formatName, playbackOf } from '#lib/contract/film-format'
import { DownloadLink } from '../actions/video-actions.tsx'
import { FrameBox } from './frame-box.tsx'
import { PlayerFault } from './player-fault.tsx'
import { useMediaFault } from './use-media-fault.ts'

interface PlayerFrameProps {
  view: FileView
  /** The player; it spreads these on its video element. */
  children: (handlers: ReturnType<typeof useMediaFault>['handlers']) => ReactNode
}

/** The frame of a player: what cannot play is named, with the way to have it. */
export function PlayerFrame({ view, children }: PlayerFrameProps) {
  const { fault, retry, handlers } = useMediaFault(view.url)
  const isPlayable = playbackOf(view) !== 'nowhere'
  return (
    <>
      <FrameBox view={view}>
        {isPlayable ? children(handlers) : <UnplayableFilm view={view} />}
      </FrameBox>
      <PlayerFault view={view} fault={fault} onRetry={retry} />
    </>
  )
}

/** Stands for the player of a film that no browser plays. */
function UnplayableFilm({ view }: { view: FileView }) {
  const t = useTranslations('player')
  return (
    <div
      role="note"
      aria-label={view.settings.prompt}
      className="absolute inset-0 flex flex-col items-center justify-center gap-2 p-4 text-center"
    >
      <p className="text-sm text-pretty">{t('unplayable', { format: formatName(view) })}</p>
      {view.url && <DownloadLink view={view} url={view.url} isLabelled />}
    </div>
  )
}
