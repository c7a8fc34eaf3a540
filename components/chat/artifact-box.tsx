import { clsx } from 'clsx'
import type { ReactNode } from 'react'

interface ArtifactBoxProps {
  labelledBy: string
  /** Pixels of the film; the frame has its final ratio from the first moment. */
  size: { width: number; height: number }
  frame: ReactNode
  /** There is much to say: the words go below the picture where they would be squeezed beside it. */
  isWordy?: boolean
  children: ReactNode
}

/** Picture and words of a video in the conversation, side by side where there is room. */
export function ArtifactBox(props: ArtifactBoxProps) {
  const { labelledBy, size, frame, isWordy = false, children } = props
  const ratio = size.width / size.height
  const height = ratio > 1 ? '15rem' : ratio < 1 ? '22rem' : '17rem'
  return (
    <article
      aria-labelledby={labelledBy}
      className="flex flex-wrap items-end border-y border-hairline py-4 has-[+article]:mb-0 has-[+article]:border-b-0 gap-x-4 gap-y-3 sm:gap-x-6"
    >
      <div
        style={{ width: `min(${ratio > 1 ? '100%' : '46%'}, calc(${height} * ${ratio}))` }}
        className="shrink-0"
      >
        {frame}
      </div>
      <div className={clsx('flex-1', isWordy ? 'min-w-72 basis-72' : 'min-w-36 basis-36')}>
        {children}
      </div>
    </article>
  )
}
