import { log } from '../../log.ts'
import { pollDelayMs } from './backoff.ts'
import type { StepResult, StepWork } from './step.ts'

/**
 * Finds out what became of a submit whose outcome nobody knows: the process died between call and commit, or the
 * answer was lost. Asks the provider by token where it can tell; where it cannot, waits for a callback or the user.
 * Nothing here ever submits: only a proof that no job was made puts the file back into the queue.
 */
export async function resolveSubmit({
  row,
  provider,
  deps,
  contextFor,
}: StepWork): Promise<StepResult> {
  const now = deps.now()
  const later = new Date(now.getTime() + pollDelayMs(row.checks))
  const found =
    provider.find && row.token
      ? await provider.find(row.token, contextFor(row.token)).catch((error: unknown) => {
          log().warn({ err: error, fileId: row.id }, 'looking up a submit failed')
          return undefined
        })
      : undefined

  if (found)
    return { change: { state: 'waiting', operation: found.operation, checks: 0 }, runAt: now }
  if (found === null)
    return { change: { state: 'queued', token: null, startedAt: null }, runAt: now }
  if (row.state === 'submit_unknown') return { keep: { checks: row.checks + 1 }, runAt: later }
  return { change: { state: 'submit_unknown', checks: 0 }, runAt: later }
}
