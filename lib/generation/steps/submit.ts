import { findModel } from '../../ai/models/find-model.ts'
import { ProviderError } from '../../ai/providers/provider-error.ts'
import type { ProviderRequest, StartResult } from '../../ai/providers/provider.ts'
import type { FilePatch } from '../../files/change-file.ts'
import type { FileRow } from '../../files/file-row.ts'
import { takeSlot } from '../../files/take-slot.ts'
import { newId } from '../../ids.ts'
import { log } from '../../log.ts'
import { retryDelayMs } from './backoff.ts'
import { type StepResult, type StepWork, failure } from './step.ts'

// Whoever frees a slot wakes the queue; this is for the one who dies before he can.
const queuedLookMs = 30_000
const triesOfSafeSubmits = 3

/**
 * Takes a free slot and submits. `submitting` and its token are committed before the call, so a crash at any point
 * is seen afterwards as what it is: an outcome nobody knows. Such a submit is never repeated from here.
 */
export async function submit(work: StepWork): Promise<StepResult> {
  const { row, deps } = work
  const token = newId('token')
  const patch = { token, startedAt: deps.now(), message: null }
  const submitting = await takeSlot(work, deps.concurrency, patch)
  if (!submitting) return { keep: {}, runAt: after(deps.now(), queuedLookMs) }

  const outcome = await work.provider
    .start(requestOf(submitting), work.contextFor(token))
    .catch((error: unknown) => ({ error }))
  const change = 'error' in outcome ? refused(row, outcome.error, deps.now()) : accepted(outcome)
  return {
    change: change.patch,
    runAt: after(deps.now(), change.delayMs),
    // By token, not by lease: an answer that comes after the lease was lost is still the answer.
    guard: { from: ['submitting', 'submit_unknown'], token },
  }
}

function requestOf(row: FileRow): ProviderRequest {
  return {
    model: findModel(row.model)?.route.model ?? row.model,
    prompt: row.prompt,
    negativePrompt: row.negativePrompt,
    aspectRatio: row.aspectRatio,
    resolution: row.resolution,
    width: row.width,
    height: row.height,
    durationSeconds: row.duration,
    seed: row.seed,
    generateAudio: row.generateAudio,
  }
}

function accepted(result: StartResult): { patch: FilePatch; delayMs: number } {
  if ('completed' in result)
    return { patch: { state: 'storing', output: result.completed, progress: 100 }, delayMs: 0 }
  return {
    patch: { state: 'waiting', operation: result.operation, checks: 0, failures: 0 },
    delayMs: 0,
  }
}

function refused(row: FileRow, error: unknown, now: Date): { patch: FilePatch; delayMs: number } {
  log().warn({ err: error, fileId: row.id, provider: row.provider }, 'submit failed')
  if (!(error instanceof ProviderError) || error.jobMade === 'unknown')
    return { patch: { state: 'submit_unknown', checks: 0 }, delayMs: 0 }
  const mayRetry = error.jobMade === 'no_job' && error.retryable
  if (!mayRetry || row.failures + 1 >= triesOfSafeSubmits)
    return { patch: failure(error, now), delayMs: 0 }
  const delayMs = (error.retryAfterSeconds ?? 0) * 1000 || retryDelayMs(row.failures)
  return { patch: { state: 'queued', token: null, failures: row.failures + 1 }, delayMs }
}

function after(now: Date, ms: number) {
  return new Date(now.getTime() + ms)
}
