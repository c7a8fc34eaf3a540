import { referenceFor } from '../../files/webhook-inbox.ts'
import { log } from '../../log.ts'
import { pollDelayMs } from './backoff.ts'
import { lookUpJob } from './look-up-job.ts'
import { type StepResult, type StepWork, after } from './step.ts'

/**
 * Finds out what became of a submit whose outcome nobody knows: the process died between call and commit, or the
 * answer was lost. Asks the provider by token, or by the reference a callback named; where it can tell neither way,
 * waits for a callback or the user. Nothing here ever submits: only a proof that no job was made puts the file back
 * into the queue.
 */
export async function resolveSubmit(work: StepWork): Promise<StepResult> {
  const { row, deps } = work
  const now = deps.now()
  const token = row.token!
  let failures = 0
  const found = await lookUp(work, token).catch((error: unknown) => {
    log().warn({ err: error, fileId: row.id }, 'looking up a submit failed')
    failures = row.failures + 1
    return undefined
  })

  if (found)
    return {
      change: { state: 'waiting', operation: found.operation, checks: 0, failures: 0 },
      attempt: { token, outcome: 'accepted', reference: found.reference ?? null },
      runAt: now,
    }
  if (found === null)
    return {
      change: { state: 'queued', token: null, startedAt: null },
      attempt: { token, outcome: 'refused', costUsd: 0, endedAt: now },
      runAt: now,
    }
  const runAt = after(now, pollDelayMs(row.checks))
  if (row.state === 'submit_unknown') return { keep: { checks: row.checks + 1, failures }, runAt }
  return {
    change: { state: 'submit_unknown', checks: 0, failures },
    attempt: { token, outcome: 'unknown' },
    runAt,
  }
}

async function lookUp({ row, provider, contextFor }: StepWork, token: string) {
  const reference = provider.adopt && (await referenceFor(token))
  return lookUpJob(provider, { token, reference }, row, contextFor(token))
}
