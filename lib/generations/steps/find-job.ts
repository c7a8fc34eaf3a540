import { findModel, findRoute } from '../../ai/models/catalogue.ts'
import type { Provider, ProviderContext, ProviderJob } from '../../ai/providers/provider.ts'
import { log } from '../../log.ts'
import { type GenerationRow, currentAttempt } from '../row.ts'
import { isOpenAttempt } from '../states.ts'
import { providerJobIdFor } from '../webhooks/webhook-inbox.ts'
import { pollDelayMs } from './backoff.ts'
import { requestOf } from './request.ts'
import { type StepResult, type StepWork, after } from './step.ts'

/** An attempt as far as it helps to find its job. */
interface Clue {
  idempotencyKey: string
  /** Where a webhook or the provider itself has named it. */
  providerJobId: string | undefined
  /** The provider's own name of the model. */
  model?: string
}

/**
 * Finds out what became of a submit whose outcome is not known: the process died between call and commit, or the
 * answer was lost. Asks the provider by key, or by the job a webhook named; where it can tell neither way, waits for a
 * webhook or the user. Nothing here ever submits. That the provider knows of no job proves nothing while the submit
 * may still be on its way, so it leads to another one only where that costs nothing.
 */
export async function findJob(work: StepWork): Promise<StepResult> {
  const { row, leaseId, deps, provider } = work
  const idempotencyKey = row.attemptKey!
  let failures = 0
  const found = await lookUp(work, idempotencyKey).catch((error: unknown) => {
    log().warn({ err: error, fileId: row.id, provider: provider.id }, 'looking up a submit failed')
    failures = row.failures + 1
    return undefined
  })
  if (found) return { event: { type: 'job_made', idempotencyKey, job: found } }
  // Another submit than the last may be the one that is known by now.
  const earlier = row.state === 'submit_unknown' ? await earlierJob(work) : undefined
  if (earlier?.event.type === 'earlier_job_found') return earlier
  const isProof = found === null && currentAttempt(row)?.priceMicros === 0
  const dueAt = after(deps.now(), pollDelayMs(row.checks))
  const checks = row.state === 'submit_unknown' ? row.checks + 1 : 0
  return { event: { type: 'submit_not_found', leaseId, isProof, dueAt, checks, failures } }
}

async function lookUp({ row, provider, contextFor }: StepWork, idempotencyKey: string) {
  const providerJobId = provider.adopt && (await providerJobIdFor(idempotencyKey))
  return lookUpJob(provider, { idempotencyKey, providerJobId }, row, contextFor(idempotencyKey))
}

/** The job of an attempt; null where the provider knows of none, undefined where it cannot tell. */
async function lookUpJob(
  provider: Provider,
  { idempotencyKey, providerJobId, model }: Clue,
  row: GenerationRow,
  context: ProviderContext,
): Promise<ProviderJob | null | undefined> {
  if (provider.find) return provider.find(idempotencyKey, context)
  const request = { ...requestOf(row), ...(model && { model }) }
  const adopted = providerJobId && (await provider.adopt?.(providerJobId, request, context))
  return adopted ? { ...adopted, providerJobId } : undefined
}

/**
 * The job of an earlier attempt at a generation that waits for none, or is about to be submitted again: where there is one, it is waited
 * for, and nothing is paid twice. A job that a webhook has named and that cannot be looked at yet is waited for as
 * well. Undefined where nothing is known of any.
 */
export async function earlierJob(work: StepWork): Promise<StepResult | undefined> {
  const { row, leaseId, deps, contextFor } = work
  for (const attempt of row.attempts.filter(isOpenAttempt).toReversed()) {
    const { idempotencyKey, model } = attempt
    if (row.state === 'submit_unknown' && idempotencyKey === row.attemptKey) continue
    const provider = deps.providers.get(attempt.provider)
    if (!provider?.find && !provider?.adopt) continue
    const providerJobId = attempt.providerJobId ?? (await providerJobIdFor(idempotencyKey))
    const clue = { idempotencyKey, providerJobId, model }
    try {
      const job = await lookUpJob(provider, clue, row, contextFor(idempotencyKey))
      const isCancelable = canCancel(row, attempt.provider)
      const found = { type: 'earlier_job_found', attemptKey: idempotencyKey, isCancelable } as const
      if (job) return { event: { ...found, leaseId, job } }
    } catch (error) {
      log().warn({ err: error, fileId: row.id }, 'looking up an earlier submit failed')
      if (providerJobId) return lookAgain(work)
    }
  }
  return undefined
}

function canCancel({ model, isCancelable }: GenerationRow, provider: string) {
  const route = findRoute(model, provider)
  const supports = { ...findModel(model)?.supports, ...route?.supports }
  return route ? (supports.cancel ?? false) : isCancelable
}

function lookAgain({ row, leaseId, deps }: StepWork): StepResult {
  const dueAt = after(deps.now(), pollDelayMs(row.checks))
  const checks = row.checks + 1
  if (row.state !== 'queued') return { event: { type: 'step_idle', leaseId, dueAt, checks } }
  return { event: { type: 'held_back', leaseId, wait: { code: 'earlier_job' }, dueAt, checks } }
}
