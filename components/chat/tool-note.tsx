import type { ReactNode } from 'react'

/** One quiet line: something the assistant did on the way to its answer. */
export function ToolNote({ children }: { children: ReactNode }) {
  return (
    <p className="flex items-baseline gap-2.5 font-mono text-tiny text-soft">
      <span aria-hidden="true" className="h-2 w-px shrink-0 bg-edge" />
      {children}
    </p>
  )
}
