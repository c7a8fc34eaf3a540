import type { ReactNode } from 'react'

/** A short label in a hairline frame. */
export function Tag({ children }: { children: ReactNode }) {
  return (
    <span className="inline-block rounded-sm border border-edge px-1.5 py-px text-tiny whitespace-nowrap text-soft">
      {children}
    </span>
  )
}
