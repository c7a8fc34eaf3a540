'use client'

import type { ReactNode } from 'react'

interface StageProps {
  /** Width over height of what stands on it. */
  ratio: number
  frame: ReactNode
  children: ReactNode
}

/** The one big picture, and beside or below it, as its format has it, what there is to say. */
export function Stage({ ratio, frame, children }: StageProps) {
  const height = ratio > 1 ? 'var(--stage-height-wide)' : 'var(--stage-height)'
  return (
    <div className="flex flex-wrap items-end gap-x-10 gap-y-6 p-4 lg:p-8 xl:gap-x-14 xl:p-12">
      <div style={{ width: `min(100%, calc(${height} * ${ratio}))` }} className="shrink-0">
        {frame}
      </div>
      <div className="@container min-w-64 flex-1 basis-64">{children}</div>
    </div>
  )
}
