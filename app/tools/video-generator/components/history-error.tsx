'use client'

import { Button } from '#components/ui/button'
import type { Problem } from '#lib/contract/problem'

/** The list of videos did not come; the videos are safe all the same. */
export function HistoryError({ problem, onReload }: { problem: Problem; onReload: () => void }) {
  return (
    <div className="mb-6 flex items-center gap-4 border-l-2 border-signal pl-4 text-sm">
      <p>
        History could not be loaded. <span className="text-soft">{problem.detail}</span>
      </p>
      <Button size="small" onClick={onReload}>
        Reload
      </Button>
    </div>
  )
}
