import { isOpen, openAttempts } from '../../files/attempts.ts'
import { referenceFor } from '../../files/webhook-inbox.ts'
import { log } from '../../log.ts'
import { backTo } from './back-to.ts'
import { pollDelayMs } from './backoff.ts'
import { lookUpJob } from './look-up-job.ts'
import { type StepResult, type StepWork, after } from './step.ts'

/**
 * The job of an earlier attempt at a file that is about to be submitted again: where there is one, it is waited for,
 * and nobody pays twice. A job that a callback has named and that cannot be looked at yet is waited for as well.
 * Undefined where nothing is known of any.
 */
export async function earlierJob(work: StepWork): Promise<StepResult | undefined> {
  const { row, deps, contextFor } = work
  if (!row.attempts.some(({ outcome }) => isOpen(outcome))) return undefined
  for (const attempt of await openAttempts(row.id)) {
    const { token, model } = attempt
    const provider = deps.providers.get(attempt.provider)
    if (!provider?.find && !provider?.adopt) continue
    const reference = attempt.reference ?? (await referenceFor(token))
    try {
      const clue = { token, reference, model }
      const job = await lookUpJob(provider, clue, row, contextFor(token))
      if (job)
        return {
          change: { ...backTo(row, attempt), state: 'waiting', operation: job.operation },
          attempt: { token, outcome: 'accepted', reference: job.reference ?? null },
          runAt: deps.now(),
        }
    } catch (error) {
      log().warn({ err: error, fileId: row.id }, 'looking up an earlier submit failed')
      if (reference) return laterAgain(work)
    }
  }
  return undefined
}

/** Words for whoever wants to submit again what the provider seems to have. */
export const hasItAfterAll = 'The provider has it after all; checking it now.'

function laterAgain({ row, deps }: StepWork): StepResult {
  const runAt = after(deps.now(), pollDelayMs(row.checks))
  const checks = row.checks + 1
  return row.message === hasItAfterAll
    ? { keep: { checks }, runAt }
    : { change: { checks, message: hasItAfterAll }, runAt }
}
