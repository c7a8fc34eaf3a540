import type { FileRow } from '../../generations/row.ts'
import type { ChatDeps } from '../deps.ts'

/**
 * Dollars a video may cost without a click: the operator's threshold, or the limit the user gave the video it is a new
 * version of, where that is smaller.
 */
export function freeLimit({ confirmAboveUsd }: ChatDeps, from: FileRow | undefined) {
  return Math.min(confirmAboveUsd, from?.maxUsd ?? Infinity)
}
