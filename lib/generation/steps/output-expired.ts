import type { FilePatch } from '../../files/change-file.ts'
import { failure } from './step.ts'

/** The patch that gives up a video that was made, and whose bytes can no longer be had. */
export function outputExpired(now: Date): FilePatch {
  const userMessage = 'The finished video could not be fetched any more. Try again.'
  return failure({ code: 'output_expired', userMessage }, now)
}
