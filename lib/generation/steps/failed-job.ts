import type { ProviderError } from '../../ai/providers/provider-error.ts'
import type { FileRow } from '../../files/file-row.ts'
import { failure } from './step.ts'

/** What is written down of a job that was made and came to a bad end; `costUsd` is null where nobody has said. */
export function failedJob(row: FileRow, error: ProviderError, now: Date, costUsd: number | null) {
  return {
    change: { ...failure(error, now), actualUsd: costUsd, isCostReported: costUsd !== null },
    attempt: {
      token: row.token!,
      outcome: 'failed' as const,
      errorCode: error.code,
      errorMessage: error.userMessage,
      costUsd,
      endedAt: now,
    },
    runAt: now,
  }
}
