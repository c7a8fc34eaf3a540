'use client'

import { ThemeToggle } from '#components/ui/theme-toggle'
import { Wordmark } from '../../../wordmark.tsx'
import { ConnectionIndicator, type ConnectionIndicatorProps } from './connection-indicator.tsx'

/** The way past it, the name of the house, and whether its line is open. */
export function StudioHeader(props: ConnectionIndicatorProps) {
  return (
    <header className="sticky top-0 z-20 flex h-14 items-center gap-4 border-b border-hairline bg-ground px-4 lg:px-6 xl:px-8">
      <a
        href="#stage"
        className="fixed top-2 left-2 z-50 rounded-md bg-ink px-4 py-3 text-sm text-ground not-focus:sr-only"
      >
        Skip to the stage
      </a>
      <Wordmark />
      <h1 className="text-sm text-soft max-sm:sr-only">Video generator</h1>
      <div className="ml-auto flex items-center gap-3">
        <ConnectionIndicator {...props} />
        <ThemeToggle />
      </div>
    </header>
  )
}
