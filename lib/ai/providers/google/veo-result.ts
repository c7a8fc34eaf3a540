import { z } from 'zod'
import { type GoogleStatus, jobFailed, operationFailed, videoWithheld } from './google-error.ts'
import type { CheckResult, ProviderOutput } from '../provider.ts'

/** What both dialects of Veo tell of an operation. */
export interface VeoOperation {
  done: boolean
  error: GoogleStatus | undefined
  output: ProviderOutput | undefined
  /** `raiMediaFilteredReasons` where videos were withheld; some may be, and others not. */
  withheld: readonly string[] | undefined
}

/** What an operation of Veo means. A video that was withheld comes as done, with no error. */
export function veoResult(label: string, operation: VeoOperation): CheckResult {
  const { done, error, output, withheld } = operation
  if (!done) return { status: 'pending' }
  if (error) return { status: 'failed', error: operationFailed(label, error) }
  if (output) return { status: 'completed', output }
  if (withheld) return { status: 'failed', error: videoWithheld(label, withheld) }
  return { status: 'failed', error: jobFailed(label, 'done, and no video in the answer') }
}

const withheldSchema = z.object({
  raiMediaFilteredCount: z.number().catch(0),
  raiMediaFilteredReasons: z.array(z.string()).catch([]),
})

/**
 * The reasons where the response of an operation tells of withheld videos; undefined where it tells
 * of none.
 */
export function withheldIn(response: unknown) {
  const { data } = withheldSchema.safeParse(response)
  if (!data) return undefined
  const { raiMediaFilteredCount: count, raiMediaFilteredReasons: reasons } = data
  return count + reasons.length > 0 ? reasons : undefined
}
