import type { FileStatus } from '../file-view.ts'
import type { GenerateVideoRequest } from '../generate-video-request.ts'
import type { MediaType } from '../generation.ts'
import type { GenerateImageRequest } from '../request/generate-image-request.ts'
import { hasFields } from '../problem.ts'

/** The most generations of one batch, variations counted. */
export const batchMaxRows = 200
/** Of its JSON. */
export const batchMaxBytes = 2 * 1024 * 1024

/** `POST /api/batch` and `POST /api/batch/estimate`: requests that are admitted together, or not at all. */
export interface BatchRequest {
  /** For the list of batches. */
  name?: string
  /** What every row makes; videos unless it says otherwise. */
  kind?: MediaType
  rows: (GenerateVideoRequest | GenerateImageRequest)[]
  /** The most that all may cost together, in dollars, fallback included. */
  maxUsd?: number | null
}

/** One generation of a batch. */
export interface BatchItem {
  /** The row of the request it was started from, from 0. */
  row: number
  fileId: string
  prompt: string
  status: FileStatus
}

/** A batch as one thing. `GET /api/batch` lists the newest. */
export interface BatchSummary {
  id: string
  name: string
  /** How many generations were started; those that were deleted since are not among the items. */
  total: number
  counts: Record<FileStatus, number>
  /** Dollars, at the providers that are tried first, and at most. */
  estimatedUsd: number
  upToUsd: number
  createdAt: string
}

/** The same with all that was started. `GET /api/batch/<id>`. */
export interface BatchView extends BatchSummary {
  items: BatchItem[]
}

export function isBatchView(value: unknown): value is BatchView {
  return hasFields(value, { id: 'string', total: 'number', counts: 'object', items: 'object' })
}

/** What a batch would cost: each row, and all together. Dollars. */
export interface BatchEstimate {
  usd: number
  upToUsd: number
  rows: { usd: number; upToUsd: number; providerLabel: string }[]
}

export function isBatchEstimate(value: unknown): value is BatchEstimate {
  return hasFields(value, { usd: 'number', upToUsd: 'number', rows: 'object' })
}
