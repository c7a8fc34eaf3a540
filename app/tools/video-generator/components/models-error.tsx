'use client'

import { Button } from '#components/ui/button'
import type { Problem } from '#lib/contract/problem'

/** The list of models did not come; without it nothing can be started. */
export function ModelsError({ problem, onReload }: { problem: Problem; onReload: () => void }) {
  return (
    <div
      role="alert"
      className="mb-4 flex items-center justify-between gap-4 border-l-2 border-signal pl-4 text-sm"
    >
      <p>
        The models could not be loaded. <span className="text-soft">{problem.detail}</span>
      </p>
      <Button size="small" onClick={onReload}>
        Reload
      </Button>
    </div>
  )
}
