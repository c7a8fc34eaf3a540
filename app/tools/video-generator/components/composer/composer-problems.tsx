'use client'

import { Button } from '#components/ui/button'
import { CopyButton } from '#components/ui/copy-button'
import type { Problem } from '#lib/contract/problem'

interface StartErrorProps {
  problem: Problem
  onRetry: () => void
  onDismiss: () => void
}

/** Why nothing was started. A retry sends the same idempotency key, so it cannot be charged twice. */
export function StartError({ problem, onRetry, onDismiss }: StartErrorProps) {
  return (
    <div
      role="alert"
      // On a phone it is docked over the form: it scrolls rather than covers it.
      className="mb-4 max-h-[30dvh] overflow-y-auto border-l-2 border-signal pl-4 text-sm"
    >
      <p className="font-medium">{problem.title}</p>
      <p dir="auto" className="mt-1 text-soft">
        {problem.detail}
      </p>
      <div className="mt-2 -ml-2 flex flex-wrap gap-1">
        {problem.retryable && (
          <Button size="small" variant="outline" className="ml-2" onClick={onRetry}>
            Try again
          </Button>
        )}
        <CopyButton label="Copy details" text={problemDetails(problem)} isLabelled />
        <Button size="small" variant="quiet" onClick={onDismiss}>
          Dismiss
        </Button>
      </div>
    </div>
  )
}

function problemDetails({ code, status, detail, traceId }: Problem) {
  return `Code: ${code}\nStatus: ${status}\nDetail: ${detail}\nTrace: ${traceId}`
}

/** The list of models could not be loaded; without it nothing can be started. */
export function ModelsError({ problem, onReload }: { problem: Problem; onReload: () => void }) {
  return (
    <div
      role="alert"
      className="mb-4 flex items-center justify-between gap-4 border-l-2 border-signal pl-4 text-sm"
    >
      <p className="min-w-0">
        The models could not be loaded. <bdi className="text-soft">{problem.detail}</bdi>
      </p>
      <Button size="small" onClick={onReload}>
        Reload
      </Button>
    </div>
  )
}
