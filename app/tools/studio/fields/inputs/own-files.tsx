'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button'
import type { FileView } from '#lib/contract/file-view'
import type { MediaType } from '#lib/contract/generation'

/** The user's own videos or images, as far as loaded. */
export interface OwnFiles {
  views: readonly FileView[]
  hasMore: boolean
  loadMore: () => Promise<void>
}

interface OwnFileListProps {
  kind: MediaType
  own: OwnFiles
  /** Renders one of them with its actions. */
  children: (view: FileView) => ReactNode
}

/** The user's finished videos or images, to choose one of. */
export function OwnFileList({ kind, own, children }: OwnFileListProps) {
  const t = useTranslations('inputs')
  const finished = own.views.filter(({ status, url }) => status === 'completed' && url)
  return (
    <>
      {finished.length === 0 && <p className="text-sm text-soft">{t('noneFinished', { kind })}</p>}
      <ul className="flex flex-wrap items-start gap-x-5 gap-y-8">
        {finished.map((view) => (
          <li
            key={view.id}
            style={{ width: `max(8rem, calc(10rem * ${view.width / view.height}))` }}
            className="max-w-full"
          >
            {children(view)}
          </li>
        ))}
      </ul>
      {own.hasMore && (
        <Button className="mt-8" onClick={() => void own.loadMore()}>
          {t('loadMore')}
        </Button>
      )}
    </>
  )
}

interface OwnFileFaceProps {
  view: FileView
  /** A few words below: how long it is, or why it cannot be chosen. */
  note: string
}

/** A video or an image of the user's own by its poster and prompt. */
export function OwnFileFace({ view, note }: OwnFileFaceProps) {
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
      <span dir="auto" className="mt-2 line-clamp-2 text-sm leading-snug">
        {settings.prompt}
      </span>
      <span className="mt-1 block font-mono text-tiny text-soft">{note}</span>
    </>
  )
}
