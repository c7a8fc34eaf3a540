import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import type { FileView } from '#lib/contract/file-view'

interface FrameBoxProps {
  view: Pick<FileView, 'width' | 'height'>
  className?: string
  children: ReactNode
}

/** A frame of film in its final ratio, so that nothing jumps when the picture comes. */
export function FrameBox({ view, className, children }: FrameBoxProps) {
  return (
    <div
      style={{ aspectRatio: `${view.width} / ${view.height}` }}
      className={clsx(
        'relative w-full overflow-hidden rounded-sm bg-film text-on-film forced-color-adjust-none',
        className,
      )}
    >
      {children}
    </div>
  )
}
