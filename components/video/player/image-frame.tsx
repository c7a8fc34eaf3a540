'use client'

import { useState } from 'react'
import type { FileView } from '#lib/contract/file-view'
import { FrameBox } from './frame-box.tsx'
import { faultOf, type MediaFault } from './media-fault.ts'
import { PlayerFault } from './player-fault.tsx'

interface ImageFrameProps {
  view: FileView
  /** True if the user saw it develop: the picture then appears behind the line. */
  isFresh?: boolean
}

// As the code of a broken connection: what does not show came broken, unless the server says why.
const network = 2

/** A finished image in its frame; its text alternative is the prompt. */
export function ImageFrame({ view, isFresh = false }: ImageFrameProps) {
  const { url, width, height } = view
  const { fault, tries, find, retry } = useImageFault(url)
  return (
    <>
      <FrameBox view={view}>
        {/* oxlint-disable-next-line next/no-img-element -- one user's own bytes: nothing for a shared image cache */}
        <img
          key={tries}
          src={url ?? undefined}
          alt={view.settings.prompt}
          width={width}
          height={height}
          onError={find}
          className={`absolute inset-0 size-full object-contain ${isFresh ? 'animate-develop' : ''}`}
        />
      </FrameBox>
      <PlayerFault view={view} fault={fault} onRetry={retry} />
    </>
  )
}

/** Why an image does not show, and another try. */
export function useImageFault(url: string | null) {
  const [fault, setFault] = useState<MediaFault | null>(null)
  const [tries, setTries] = useState(0)
  return {
    fault,
    /** The key of its element: another one loads it again. */
    tries,
    find: () => {
      if (url) void faultOf(url, network).then(setFault)
    },
    retry: () => {
      setFault(null)
      setTries((count) => count + 1)
    },
  }
}
