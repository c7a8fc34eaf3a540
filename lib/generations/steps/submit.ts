import { message } from '#lib/messages/message'
import { priceMicros } from '#lib/contract/money'
import { findModel, findRoute } from '../../ai/models/catalogue.ts'
import { ProviderError } from '../../ai/providers/provider-error.ts'
import type { Prepared, SubmitResult } from '../../ai/providers/provider.ts'
import { inTransaction } from '../../db/client.ts'
import { newId } from '../../ids.ts'
import { log } from '../../log.ts'
import { type Cooldown, cooldownsAt, needsOperator } from '../cooldowns.ts'
import { lockSlots, nextInQueue } from '../engine/queue.ts'
import type { GenerationEvent, NewAttempt } from '../events.ts'
import type { GenerationRow } from '../row.ts'
import { applyIn } from '../store.ts'
import { worthWaitingMs } from './backoff.ts'
import { earlierJob } from './find-job.ts'
import { findNextRoute, newRoute } from './next-route.ts'
import { afterRefusal, startCooldownOf } from './refused.ts'
import { requestOf } from './request.ts'
import { requestFor } from './request-for.ts'
import { type StepResult, type StepWork, after, idle } from './step.ts'

const usualDeadlineMinutes = 30
const switchedOffLookMs = 60_000
const noRoomLookMs = 30_000

/**
 * Prepares, takes a free slot and submits. `submitting` and its attempt are committed before the one paid call, so a
 * crash at any point is seen afterwards as what it is: an outcome that is not known. Such a submit is never repeated
 * from here; and where an earlier one turns out to have made a job, that is waited for and nothing is submitted.
 */
export async function submit(work: StepWork): Promise<StepResult> {
  const { row, deps } = work
  const earlier = await earlierJob(work)
  if (earlier) return earlier
  const now = deps.now()
  const cooldown = (await cooldownsAt(now)).get(row.provider)
  if (cooldown) return aroundCooldown(work, cooldown)
  if (!deps.providers.has(row.provider)) return switchedOff(work)
  const { state: room } = await deps.storage.room()
  if (room === 'full' || room === 'unwritable') return withoutRoom(work)
  // A process that is about to end begins nothing that is paid for.
  if (deps.signal.aborted || !(await isItsTurn(work))) return idle(work, now)
  const attempt = newAttempt(work, newId('token'))
  const prepared = await prepare(work, attempt)
  if ('event' in prepared) return prepared
  const submitting = await takeSlot(work, attempt)
  if (!submitting) return idle(work, now)
  return { event: await callProvider(work, submitting, attempt, prepared.body) }
}

/** What is paid for has to be kept: a provider's link to it lasts for a day or so, a full disk may last longer. */
function withoutRoom({ leaseId, deps }: StepWork): StepResult {
  const dueAt = after(deps.now(), noRoomLookMs)
  return { event: { type: 'held_back', leaseId, wait: { code: 'storage_full' }, dueAt } }
}

async function isItsTurn({ row, deps }: StepWork) {
  const next = await nextInQueue(row.provider, deps.concurrency, deps.now())
  return next.includes(row.id)
}

/** What is free and may be repeated; a refusal here is one of an attempt that made no job. */
async function prepare(
  work: StepWork,
  attempt: NewAttempt,
): Promise<StepResult | { body: Prepared }> {
  const { provider, leaseId, deps } = work
  const context = work.contextFor(attempt.idempotencyKey)
  try {
    return { body: await provider.prepare(await requestFor(work), context) }
  } catch (error) {
    log().warn({ err: error, fileId: work.row.id, provider: provider.id }, 'prepare failed')
    if (deps.signal.aborted) return idle(work, deps.now())
    const refusal = error instanceof ProviderError ? error : notPrepared(provider.label, error)
    await startCooldownOf(work, refusal)
    const next = await afterRefusal(work, refusal, attempt.startedAt)
    return { event: { type: 'prepare_refused', leaseId, attempt, error: refusal, next } }
  }
}

function notPrepared(label: string, cause: unknown) {
  return new ProviderError('provider_unavailable', {
    submitOutcome: 'no_job',
    retryable: true,
    userMessage: message('provider.notPrepared', { provider: label }),
    logMessage: `${label}: prepare failed`,
    cause,
  })
}

/** The row in `submitting`, with its attempt; undefined where no slot is free for it, or it was canceled meanwhile. */
function takeSlot({ row, leaseId, deps }: StepWork, attempt: NewAttempt) {
  const minutes = findModel(row.model)?.deadlineMinutes ?? usualDeadlineMinutes
  const now = deps.now()
  const deadlineAt = after(now, minutes * 60_000)
  const taken = { type: 'slot_taken', leaseId, attempt, deadlineAt } as const
  return inTransaction((tx) =>
    applyIn(tx, row.id, taken, deps.databaseClock, async () => {
      await lockSlots(row.provider, tx)
      const next = await nextInQueue(row.provider, deps.concurrency, deps.now(), tx)
      return next.includes(row.id)
    }),
  )
}

/** The one paid call. What it answers is fenced by its key, not by the lease: late or not, it is the answer. */
async function callProvider(
  work: StepWork,
  row: GenerationRow,
  { idempotencyKey }: NewAttempt,
  body: Prepared,
): Promise<GenerationEvent> {
  const calledAt = work.deps.now()
  try {
    const context = work.contextFor(idempotencyKey, work.deps.submitSignal)
    return answered(await work.provider.submit(body, idempotencyKey, context), idempotencyKey)
  } catch (error) {
    log().warn({ err: error, fileId: row.id, provider: row.provider }, 'submit failed')
    const outcome = error instanceof ProviderError ? error.submitOutcome : 'unknown'
    if (!(error instanceof ProviderError) || outcome === 'unknown')
      return { type: 'submit_lost', idempotencyKey }
    await startCooldownOf(work, error)
    if (outcome === 'job_made') return { type: 'submit_failed', idempotencyKey, error }
    const next = await afterRefusal(work, error, calledAt)
    return { type: 'submit_refused', idempotencyKey, error, next }
  }
}

function answered(result: SubmitResult, idempotencyKey: string): GenerationEvent {
  return 'completed' in result
    ? { type: 'made_at_once', idempotencyKey, output: result.completed }
    : { type: 'job_made', idempotencyKey, job: result }
}

function newAttempt({ row, provider, deps }: StepWork, idempotencyKey: string): NewAttempt {
  const price = findRoute(row.model, row.provider)?.price
  const { duration, resolution } = row.settings
  return {
    idempotencyKey,
    provider: row.provider,
    providerLabel: row.providerLabel || provider.label,
    model: requestOf(row).model,
    reason: row.routeReason,
    consoleUrl: provider.consoleUrl ?? null,
    priceMicros: price ? priceMicros(price, duration, resolution) : row.priceMicros,
    startedAt: deps.now(),
  }
}

/**
 * A provider that must not be called now: another steps in, unless it is for seconds only and the first time; else the
 * video waits, or fails where waiting would not help.
 */
async function aroundCooldown(work: StepWork, cooldown: Cooldown): Promise<StepResult> {
  const { row, leaseId, deps } = work
  const { errorCode, until, reason: says } = cooldown
  const mayWait = !needsOperator(errorCode)
  const hasWaited = row.failures > 0 || row.wait?.code === 'provider_cooldown'
  const isShort = mayWait && !hasWaited && until.getTime() - deps.now().getTime() <= worthWaitingMs
  const next = isShort ? undefined : await findNextRoute(row, deps)
  if (next) return { event: { type: 'moved', leaseId, route: newRoute(next, says) } }
  if (!mayWait)
    return { event: { type: 'gave_up', leaseId, error: { code: errorCode, userMessage: says } } }
  const wait = { code: 'provider_cooldown', errorCode, says } as const
  return { event: { type: 'held_back', leaseId, wait, dueAt: until } }
}

/** A provider that is no longer switched on is like one in a cooldown, for as long as it takes. */
async function switchedOff({ row, leaseId, deps }: StepWork): Promise<StepResult> {
  const { providerLabel } = row
  const wait = { code: 'provider_off', providerLabel } as const
  const next = await findNextRoute(row, deps)
  if (next) {
    const because = message('wait.provider_off', { provider: providerLabel })
    return { event: { type: 'moved', leaseId, route: newRoute(next, because) } }
  }
  const dueAt = after(deps.now(), switchedOffLookMs)
  return { event: { type: 'held_back', leaseId, wait, dueAt } }
}
