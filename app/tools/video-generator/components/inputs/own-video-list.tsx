'use client'

import type { ReactNode } from 'react'
import { Button } from '#components/ui/button'
import type { FileView } from '#lib/contract/file-view'
import type { OwnVideos } from './own-videos.ts'

interface OwnVideoListProps {
  own: OwnVideos
  /** One of the videos, with what can be done with it here. */
  children: (view: FileView) => ReactNode
}

/** The user's finished videos, to choose one of. */
export function OwnVideoList({ own, children }: OwnVideoListProps) {
  const finished = own.views.filter(({ status, url }) => status === 'completed' && url)
  return (
    <>
      {finished.length === 0 && (
        <p className="text-sm text-soft">
          There is no finished video yet. Make one first, with any other model.
        </p>
      )}
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
          Load more
        </Button>
      )}
    </>
  )
}
