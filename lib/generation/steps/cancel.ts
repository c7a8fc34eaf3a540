import { ProviderError } from '../../ai/providers/provider-error.ts'
import type { Json } from '../../ai/providers/provider.ts'
import { mayBeBilled } from '../../files/file-states.ts'
import { madeAt } from '../../files/made-at.ts'
import { log } from '../../log.ts'
import { letGo } from './let-go.ts'
import { resolveSubmit } from './resolve-submit.ts'
import type { StepResult, StepWork } from './step.ts'
import { usdOf } from './usd-of.ts'

/**
 * Stops a generation at the user's wish: at the provider first, then here. Where the provider cannot stop, or has
 * made it already, it is billed all the same, as the user was told before.
 */
export async function cancel(work: StepWork): Promise<StepResult> {
  const { row, provider, deps } = work
  // Where the provider can tell what became of the submit, that is found out first, and then stopped.
  if (row.state === 'submit_unknown' && provider.find) return resolveSubmit(work)
  const change = { state: 'canceled', queuePlace: null, message: null } as const
  const letItGo = () => letGo(provider, row)
  if (madeAt(row)) {
    const now = deps.now()
    return { change: { ...change, finishedAt: now }, runAt: now, afterwards: letItGo }
  }
  const wasStopped = row.state === 'queued' || (await stop(work))
  const now = deps.now()
  const actualUsd = wasStopped ? 0 : row.state === 'waiting' ? usdOf(row) : null
  return {
    change: { ...change, finishedAt: now, actualUsd },
    ...(mayBeBilled(row.state) && {
      attempt: { token: row.token!, outcome: 'canceled', costUsd: actualUsd, endedAt: now },
    }),
    runAt: now,
    afterwards: letItGo,
  }
}

/** Whether the provider stopped the job. Throws where asking again may help. */
async function stop({ row, provider, contextFor }: StepWork) {
  if (row.state !== 'waiting' || !row.isCancelable || !provider.cancel) return false
  try {
    await provider.cancel(row.operation as Json, contextFor(row.token!))
    return true
  } catch (error) {
    if (!(error instanceof ProviderError) || error.retryable) throw error
    log().warn({ err: error, fileId: row.id }, 'the provider did not stop')
    return false
  }
}
