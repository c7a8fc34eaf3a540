import { ProviderError } from '../../ai/providers/provider-error.ts'
import { log } from '../../log.ts'
import { retryDelayMs, worthWaitingMs } from './backoff.ts'
import { insist } from '../insist.ts'
import { moveTo, nextRoute } from './next-route.ts'
import { pauseWhereAsked } from './pause-where-asked.ts'
import { type StepResult, type StepWork, after, failure, notCharged } from './step.ts'

const triesOfSafeSubmits = 3
const triesWhenRateLimited = 10

type Refusal = Extract<StepResult, { change: unknown }>

/**
 * What follows on a submit that was not answered with a job. Nobody knows the outcome: wait for a sign of it. No job
 * was made: try again, have another provider step in, or fail. Only a proven "no job" leads to another submit.
 */
export async function refused(work: StepWork, token: string, error: unknown): Promise<Refusal> {
  const { row, deps } = work
  const now = deps.now()
  log().warn({ err: error, fileId: row.id, provider: row.provider }, 'submit failed')
  if (!(error instanceof ProviderError) || error.jobMade === 'unknown')
    return {
      change: { state: 'submit_unknown', checks: 0 },
      attempt: { token, outcome: 'unknown' },
      runAt: now,
    }
  const told = { errorCode: error.code, errorMessage: error.userMessage, endedAt: now }
  if (error.jobMade === 'job_made')
    return {
      change: failure(error, now),
      attempt: { token, outcome: 'failed', ...told },
      runAt: now,
    }
  await pauseWhereAsked(work, error, now)
  const next = await tryNext(work, error)
  return { ...next, attempt: { token, outcome: 'refused', costUsd: 0, ...told } }
}

async function tryNext(work: StepWork, error: ProviderError): Promise<Refusal> {
  const { row, deps } = work
  const now = deps.now()
  const waitMs = (error.retryAfterSeconds ?? 0) * 1000
  const tries = error.code === 'rate_limited' ? triesWhenRateLimited : triesOfSafeSubmits
  const mayRetry = error.retryable && row.failures + 1 < tries
  // A refusal for the content is the provider's last word on it, and not to be shopped around with.
  const next =
    error.code === 'content_policy' || (mayRetry && waitMs <= worthWaitingMs)
      ? undefined
      : await insist(() => nextRoute(row, deps), deps.submitSignal)
  if (next) return { change: await moveTo(next, error.userMessage), runAt: now }
  if (!mayRetry) return { change: { ...failure(error, now), ...notCharged(row) }, runAt: now }
  const delayMs = waitMs || retryDelayMs(row.failures)
  return {
    change: {
      state: 'queued',
      token: null,
      failures: row.failures + 1,
      message: error.userMessage,
    },
    runAt: after(now, delayMs),
  }
}
