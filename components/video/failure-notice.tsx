'use client'

import { Button } from '#components/ui/button'
import { CopyButton } from '#components/ui/copy-button'
import type { ErrorCode } from '#lib/contract/error-code'
import type { FileView } from '#lib/contract/file-view'
import { failureAdvice } from './failure-advice.ts'

interface FailureNoticeProps {
  view: FileView
  onRetry: (fileId: string) => void
  onCheck: (fileId: string) => Promise<void>
}

/** After these the provider may still have the video. */
const mayArrive = new Set<ErrorCode>(['timeout', 'unknown_submit_outcome'])

/** Why a video failed, in plain words, and the ways on. */
export function FailureNotice({ view, onRetry, onCheck }: FailureNoticeProps) {
  const { error } = view
  const advice = error && failureAdvice(error.code)
  return (
    <div className="space-y-4">
      <div className="max-w-prose space-y-1 text-sm">
        <p>{error?.message ?? 'The video could not be made.'}</p>
        {advice && <p className="text-soft">{advice}</p>}
      </div>
      <div className="flex flex-wrap gap-1">
        <Button size="small" onClick={() => onRetry(view.id)}>
          Retry
        </Button>
        {error && mayArrive.has(error.code) && (
          <Button size="small" variant="quiet" onClick={() => void onCheck(view.id)}>
            Check now
          </Button>
        )}
        <CopyButton label="Copy details" text={failureDetails(view)} isLabelled />
      </div>
    </div>
  )
}

function failureDetails({ id, error, modelLabel, createdAt }: FileView) {
  return [
    `File: ${id}`,
    `Code: ${error?.code ?? 'none'}`,
    `Message: ${error?.message ?? 'none'}`,
    `Model: ${modelLabel}`,
    `Asked for: ${createdAt}`,
  ].join('\n')
}
