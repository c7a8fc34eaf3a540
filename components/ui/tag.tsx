import type { ReactNode } from 'react'

/** A short label in a hairline frame. */
export function Tag({ children }: { children: ReactNode }) {
  return (
    <span className="inline-block max-w-full rounded-sm border border-edge px-1.5 py-px text-tiny text-soft">
      {children}
    </span>
  )
}
