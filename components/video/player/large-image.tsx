'use client'

import { clsx } from 'clsx'
import { MaximizeIcon, ZoomInIcon, ZoomOutIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, type MouseEvent, useRef, useState } from 'react'
import { IconButton } from '#components/ui/button'
import type { FileView } from '#lib/contract/file-view'
import { FrameBox } from './frame-box.tsx'
import { useImageFault } from './image-frame.tsx'
import { PlayerFault } from './player-fault.tsx'

const zooms = [1, 2, 4, 8] as const

/** The image of the large view. Buttons, the keys +, - and 0, and a double click zoom; what does not fit is scrolled. */
export function LargeImage({ view }: { view: FileView }) {
  const { fault, tries, find, retry } = useImageFault(view.url)
  const zooming = useZoom()
  return (
    <>
      <FrameBox view={view}>
        <ZoomedImage key={tries} view={view} zooming={zooming} onError={find} />
      </FrameBox>
      <ZoomBar zooming={zooming} />
      <PlayerFault view={view} fault={fault} onRetry={retry} />
    </>
  )
}

interface ZoomedImageProps {
  view: FileView
  zooming: Zooming
  onError: () => void
}

function ZoomedImage({ view, zooming, onError }: ZoomedImageProps) {
  const t = useTranslations('images')
  const { region, zoom, onKeyDown, onDoubleClick } = zooming
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- what scrolls takes the keys; each has a button
    <section
      ref={region}
      aria-label={t('zoomed', { percent: zoom * 100 })}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keyboard
      tabIndex={0}
      onKeyDown={onKeyDown}
      onDoubleClick={onDoubleClick}
      className={clsx(
        'absolute inset-0 overflow-auto -outline-offset-2!',
        zoom > 1 ? 'cursor-zoom-out' : 'cursor-zoom-in',
      )}
    >
      {/* oxlint-disable-next-line next/no-img-element -- one user's own bytes: nothing for a shared image cache */}
      <img
        src={view.url ?? undefined}
        alt={view.settings.prompt}
        width={view.width}
        height={view.height}
        onError={onError}
        style={{ width: `${zoom * 100}%` }}
        className="block h-auto max-w-none"
      />
    </section>
  )
}

function ZoomBar({ zooming: { zoom, step, fit } }: { zooming: Zooming }) {
  const t = useTranslations('images')
  return (
    <div className="mt-2 -ml-2 flex items-center gap-0.5">
      <IconButton label={t('zoomOut')} aria-disabled={zoom === zooms[0]} onClick={() => step(-1)}>
        <ZoomOutIcon />
      </IconButton>
      <IconButton label={t('zoomIn')} aria-disabled={zoom === zooms.at(-1)} onClick={() => step(1)}>
        <ZoomInIcon />
      </IconButton>
      <IconButton label={t('zoomFit')} onClick={fit}>
        <MaximizeIcon />
      </IconButton>
      <output className="ml-2 font-mono text-tiny text-soft tabular-nums">
        {t('zoom', { percent: zoom * 100 })}
      </output>
    </div>
  )
}

const keys: Record<string, number> = { '+': 1, '=': 1, '-': -1, _: -1 }

/** How large it is shown; the point that is looked at stays where it is. */
function useZoom() {
  const region = useRef<HTMLDivElement>(null)
  const [zoom, setZoom] = useState<number>(1)
  const zoomTo = (next: number, at = { x: 0.5, y: 0.5 }) => {
    const element = region.current
    if (!element || next === zoom) return
    const { clientWidth, clientHeight, scrollLeft, scrollTop } = element
    const [x, y] = [scrollLeft + at.x * clientWidth, scrollTop + at.y * clientHeight]
    const factor = next / zoom
    setZoom(next)
    requestAnimationFrame(() =>
      element.scrollTo(x * factor - at.x * clientWidth, y * factor - at.y * clientHeight),
    )
  }
  const step = (by: number) => zoomTo(zooms[zooms.findIndex((one) => one === zoom) + by] ?? zoom)
  const fit = () => zoomTo(1)
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === '0' ? 0 : keys[event.key]
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    if (by === 0) fit()
    else step(by)
  }
  const onDoubleClick = ({ clientX, clientY, currentTarget }: MouseEvent<HTMLElement>) => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect()
    zoomTo(zoom > 1 ? 1 : 2, { x: (clientX - left) / width, y: (clientY - top) / height })
  }
  return { region, zoom, step, fit, onKeyDown, onDoubleClick }
}

type Zooming = ReturnType<typeof useZoom>
